import java.util.*;
import java.util.stream.Collectors;
import org.springframework.data.mongodb.repository.MongoRepository;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  Service service;
  Store store;
  Labels labels;

  @GetMapping("/a") ResponseEntity<?> a() {
    return service.oak().map(ResponseEntity::ok).orElse(ResponseEntity.notFound().build());
  }
  @GetMapping("/b") ResponseEntity<?> b() { return ResponseEntity.of(service.elm()); }
  @GetMapping("/c") ResponseEntity<?> c() {
    return store.findById("c").map(it -> ResponseEntity.ok(it)).orElseGet(() -> ResponseEntity.notFound().build());
  }
  @GetMapping("/d") ResponseEntity<?> d() {
    return ResponseEntity.ok(service.seeds().stream().filter(it -> it != null).map(labels::fir).toList());
  }
  @GetMapping("/e") Object e(boolean which) { return which ? service.ash() : service.larches(); }
  @GetMapping("/f") Collection<?> f() { return service.birches(); }
  @GetMapping("/g") Wrapped<?> g() { return Wrapped.of(service.yew()); }
  @GetMapping("/h") Wrapped h() { return new Wrapped(1, service.rowan()); }
  @GetMapping("/i") Map<String, Object> i() { return Map.of("hazel", service.hazel(), "count", 1); }
  @GetMapping("/j") ResponseEntity<Map<String, Object>> j() {
    Map<String, Object> answer = new HashMap<>();
    answer.put("willow", service.willow());
    return ResponseEntity.ok(answer);
  }
  @GetMapping("/k") Object k() { return helped(service.poplar()); }
  @GetMapping("/l") ResponseEntity<?> l() {
    List<?> found = service.seeds().stream().map(it -> new Cedar(it)).collect(Collectors.toList());
    return new ResponseEntity<>(found, HttpStatus.OK);
  }
  @GetMapping("/m") Object m(String kind) {
    return switch (kind) {
      case "pine" -> service.pine();
      default -> null;
    };
  }
  // Text, numbers and nothing are no class.
  @GetMapping("/n") Map<String, Object> n() { return Map.of("a", "b", "c", 1); }
  @GetMapping("/o") ResponseEntity<?> o() { return ResponseEntity.noContent().build(); }
  // Nobody here says what these give.
  @GetMapping("/p") Object p() { return service.anything(); }
  @GetMapping("/q") ResponseEntity<?> q() { return service.anyAnswer(); }
  // What is only looked at is not answered.
  @GetMapping("/r") Object r() {
    Unused unused = service.unused();
    return service.ash();
  }

  private Object helped(Object it) { return it; }
}

record Wrapped<T>(int code, T data) {
  static <U> Wrapped<U> of(U data) { return new Wrapped<>(0, data); }
}

interface Store extends MongoRepository<Kept, String> {}

interface Labels { Fir fir(String seed); }

interface Service {
  Optional<Oak> oak();
  Optional<Elm> elm();
  List<String> seeds();
  Ash ash();
  List<Larch> larches();
  List<Birch> birches();
  Yew yew();
  Rowan rowan();
  Hazel hazel();
  Willow willow();
  Poplar poplar();
  Pine pine();
  Object anything();
  ResponseEntity<?> anyAnswer();
  Unused unused();
}

record Oak(String a) {}
record Elm(String a) {}
record Kept(String a) {}
record Fir(String a) {}
record Ash(String a) {}
record Larch(String a) {}
record Birch(String a) {}
record Yew(String a) {}
record Rowan(String a) {}
record Hazel(String a) {}
record Willow(String a) {}
record Poplar(String a) {}
record Cedar(String a) {}
record Pine(String a) {}
record Unused(String a) {}

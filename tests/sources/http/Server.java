import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Server implements Contract {
  @GetMapping("/list")
  ResponseEntity<List<Listed>> list(Unbound notABody, @RequestParam Unbound other) {
    return ResponseEntity.ok(null);
  }

  @Override
  public Contracted contracted(Body body) {
    return null;
  }

  @GetMapping("/any")
  ResponseEntity<Object> any(Built built) {
    Any any = Any.builder().text("x").build();
    return ResponseEntity.status(200).body(any);
  }

  @GetMapping("/unknown")
  Object unknown() {
    return lookUp();
  }

  Unbound lookUp() {
    return null;
  }
}

interface Contract {
  @PostMapping("/contracted")
  Contracted contracted(@RequestBody Body body);
}

record Listed(String a) {}

record Contracted(String a) {}

record Body(String a) {}

record Any(String text) {
  static Builder builder() {
    return null;
  }

  interface Builder {
    Builder text(String text);

    Any build();
  }
}

record Unbound(String a) {}

record Built(String a) {}

import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  Service service;

  @GetMapping("/a") Envelope a() { return new Envelope(1, service.oak()); }
  @GetMapping("/b") Envelope b() { return Envelope.of(service.elms()); }
  @GetMapping("/c") Wrapper c() {
    Wrapper wrapper = new Wrapper();
    wrapper.setPayload(service.ash());
    return wrapper;
  }
  @GetMapping("/d") Wrapper d() { return Wrapper.builder().kind("fir").payload(service.fir()).build(); }
  @GetMapping("/e") Envelope e() { return new Envelope(1, "text"); }
  @GetMapping("/f") Envelope f() { return new Envelope(1, service.anything()); }
  // An envelope in an envelope.
  @GetMapping("/g") Envelope g() { return new Envelope(1, new Inner(service.yew())); }

  // What goes into other fields, or into other classes, is on no wire by that.
  void other() {
    Kept kept = new Kept(service.beech());
  }
}

record Envelope(int code, Object data) {
  static Envelope of(Object data) { return new Envelope(0, data); }
}

@Data
@Builder
@NoArgsConstructor
@AllArgsConstructor
class Wrapper {
  private String kind;
  private Object payload;
}

record Inner(Object content) {}

record Kept(Object data) {}

interface Service {
  Oak oak();
  List<Elm> elms();
  Ash ash();
  Fir fir();
  Yew yew();
  Beech beech();
  Object anything();
}

record Oak(String a) {}
record Elm(String a) {}
record Ash(String a) {}
record Fir(String a) {}
record Yew(String a) {}
record Beech(String a) {}

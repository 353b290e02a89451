import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping
  ResponseEntity<Envelope<Parcel>> parcel() {
    return null;
  }

  @PostMapping
  void add(@RequestBody List<? extends Crate> crates) {}
}

import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @PostMapping
  Parcel add(@RequestBody Crate crate, @RequestPart Lid lid) {
    return null;
  }
}

import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @PostMapping
  Crate add(@RequestBody Parcel parcel, @RequestPart Lid lid, @RequestPart Tape tape) {
    return null;
  }
}

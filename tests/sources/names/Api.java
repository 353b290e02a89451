import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @PostMapping
  Parcel add(@RequestBody Parcel parcel, @RequestPart Crate crate, @RequestPart Lid lid, @RequestPart Two two) {
    return parcel;
  }
}

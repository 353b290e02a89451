import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @PostMapping
  Parcel add(@RequestBody Parcel parcel) {
    return parcel;
  }
}

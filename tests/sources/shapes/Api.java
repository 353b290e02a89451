import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @PostMapping
  Parcel add(@RequestBody Creator creator, @RequestPart Delegated delegated) {
    return null;
  }
}

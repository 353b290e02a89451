import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping
  Parcel parcel() {
    return null;
  }
}

record Parcel(String sentBy) {}

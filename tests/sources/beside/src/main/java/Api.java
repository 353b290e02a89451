import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    return null;
  }
}

record Parcel(String id) {}

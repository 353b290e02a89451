import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping
  Parcel parcel() {
    return null;
  }

  Helper helper() {
    return null;
  }
}

record Parcel(String sender) {}

record Helper(String name) {}

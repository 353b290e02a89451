import org.springframework.web.bind.annotation.*;

@RestController
class Deep {
  @GetMapping("/deep")
  Parcel parcel() {
    return null;
  }
}

record Parcel(String id) {}

// = Api.parcel() 0: id
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    return new Parcel("1", null);
  }
}

record Parcel(String id, Integer size) {}

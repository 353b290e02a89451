// = Api.parcel() 0:, open
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    return new Parcel("1");
  }
}

@Data
class Parcel {
  private String id;
  private Integer size;

  Parcel(String id) {
    this(id, 1);
  }

  Parcel(String id, Integer size) {
    this.id = id;
    this.size = size;
  }
}

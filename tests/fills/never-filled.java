// = Api.parcel() 0: id size
// = never: weight
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    return Parcel.builder().id("1").size(2).build();
  }
}

@lombok.Data
@lombok.Builder
class Parcel {
  private String id;
  private Integer size;
  private Integer weight;
  private Integer count = 1;
}

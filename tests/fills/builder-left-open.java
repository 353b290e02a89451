// = Api.parcel(boolean) 0: id size weight
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel(boolean heavy) {
    var builder = Parcel.builder().id("1");
    if (heavy) {
      builder.weight(9);
    }
    builder = builder.size(2);
    Parcel parcel = builder.build();
    return parcel;
  }
}

@Data
@Builder
@NoArgsConstructor
@AllArgsConstructor
class Parcel {
  private String id;
  private Integer size;
  private Integer weight;
  private List<String> notes = new ArrayList<>();
}

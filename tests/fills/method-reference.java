// = Api.parcel(Optional) 0: id size
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel(Optional<Integer> size) {
    Parcel parcel = new Parcel();
    parcel.setId("1");
    size.ifPresent(parcel::setSize);
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

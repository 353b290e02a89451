// = Api.parcel() 0: id
// = elsewhere: size
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    Parcel parcel = new Parcel();
    parcel.setId("1");
    measure(parcel);
    return parcel;
  }

  private void measure(Parcel parcel) {
    parcel.setSize(2);
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

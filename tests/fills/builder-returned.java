// = Api.begin() 0: id, open
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    return begin().size(2).build();
  }

  private Parcel.ParcelBuilder begin() {
    return Parcel.builder().id("1");
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

// = Api.parcel() 0: id, open
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    var builder = Parcel.builder().id("1");
    fill(builder);
    return builder.build();
  }

  private void fill(Parcel.ParcelBuilder builder) {
    builder.size(2);
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

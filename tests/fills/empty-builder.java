// = Api.parcel() 0:
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    return Parcel.builder().build();
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

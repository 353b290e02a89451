// = Api.parcel(Order) 0: id, open
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.beans.BeanUtils;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel(Order order) {
    Parcel parcel = new Parcel();
    parcel.setId("1");
    BeanUtils.copyProperties(order, parcel);
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

@Data
class Order {
  private Integer size;
}

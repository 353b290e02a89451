// = Parcels.toParcel(Order) 0: id
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;
import org.mapstruct.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel(Order order) {
    return parcels.toParcel(order);
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
  private String code;
}

@Mapper
interface Parcels {
  @BeanMapping(ignoreByDefault = true)
  @Mapping(target = "id", source = "code")
  Parcel toParcel(Order order);
}

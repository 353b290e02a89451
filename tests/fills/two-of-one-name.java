// = Api.parcels() 0: id
// = Api.parcels() 1: size
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcels")
  List<Parcel> parcels() {
    List<Parcel> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Parcel parcel = new Parcel();
      parcel.setId("1");
      all.add(parcel);
    }
    for (int i = 0; i < 2; i++) {
      Parcel parcel = new Parcel();
      parcel.setSize(2);
      all.add(parcel);
    }
    return all;
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

// = Api.parcel() 0: id size weight
// = Api.kept() 0: id size weight
// = elsewhere: note
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    return Parcel.builder().id("1").build().toBuilder().size(2).build().withWeight(3);
  }

  @GetMapping("/kept")
  Parcel kept() {
    Parcel parcel = new Parcel("1", null, null, null).withSize(2);
    return parcel.toBuilder().weight(3).build();
  }

  Parcel of(Parcel parcel) {
    return parcel.withNote("a").withOther("b");
  }
}

@Data
@With
@Builder(toBuilder = true)
@AllArgsConstructor
class Parcel {
  private String id;
  private Integer size;
  private Integer weight;
  private String note;
}

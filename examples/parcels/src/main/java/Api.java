import java.time.LocalDate;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcels/{id}")
  Parcel parcel(@PathVariable String id) {
    return Parcel.builder().id(id).sentOn(LocalDate.now()).status(Status.SENT).build();
  }
}

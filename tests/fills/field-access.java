// = Api.parcel() 0: id
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    Parcel parcel = new Parcel();
    parcel.id = "1";
    return parcel;
  }
}

class Parcel {
  public String id;
  public Integer size;
}

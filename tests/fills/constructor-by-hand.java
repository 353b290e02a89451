// = Api.parcel() 0: id size
import java.util.*;
import lombok.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    return new Parcel("1", 2, null);
  }
}

class Parcel {
  private final String id;
  private Integer size;
  private Integer weight;

  Parcel(String id, Integer size, Integer weight) {
    this.id = id;
    setSize(size);
    this.weight = weight;
  }

  public String getId() {
    return id;
  }

  public Integer getSize() {
    return size;
  }

  public void setSize(Integer size) {
    this.size = size;
  }

  public Integer getWeight() {
    return weight;
  }
}

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping("/parcel")
  Parcel parcel() {
    return null;
  }
}

@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Parcel(
    @JsonInclude String id,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String note,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int weight,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Hidden.class) String size) {}

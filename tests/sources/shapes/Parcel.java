import com.fasterxml.jackson.annotation.*;
import lombok.Data;

@Data
class Parcel {
  private Id id;
  @JsonUnwrapped(prefix = "to_")
  private Address address;
  @JsonUnwrapped
  private java.util.Optional<String> strange;
  private String note;
}

@Data
class Address {
  private String street;
  private int number;
}

class Id {
  @JsonValue
  private String text;
}

import com.fasterxml.jackson.annotation.*;
import lombok.Getter;

@Getter
class Creator {
  private final String colour;
  private final int size;
  private final String name;

  @JsonCreator
  Creator(@JsonProperty("name") String called, @JsonProperty("colour") String colour) {
    this.name = called;
    this.colour = colour;
    this.size = 1;
  }
}

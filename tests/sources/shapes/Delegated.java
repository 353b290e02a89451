import com.fasterxml.jackson.annotation.*;
import lombok.Getter;

@Getter
class Delegated {
  private final String text;

  @JsonCreator
  Delegated(String text) {
    this.text = text;
  }
}

import com.fasterxml.jackson.databind.annotation.*;
import lombok.Data;

@Data
@JsonNaming(OwnStrategy.class)
@JsonDeserialize(using = CrateReader.class)
class Crate {
  private String outerColour;
}

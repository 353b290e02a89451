import com.fasterxml.jackson.annotation.*;
import lombok.Data;

@Data
@JsonPropertyOrder({"third", "first"})
class Crate {
  private String first;
  private String second;
  private String third;
}

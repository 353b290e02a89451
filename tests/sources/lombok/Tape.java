import lombok.Data;
import lombok.experimental.Accessors;

@Data
@Accessors(fluent = true)
class Tape {
  private int length;
}

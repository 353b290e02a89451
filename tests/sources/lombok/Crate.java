import lombok.Getter;
import lombok.Setter;
import lombok.experimental.SuperBuilder;

@SuperBuilder
class Crate extends Box {
  @Getter
  private String label;
  @Setter
  private String place;
}

@Getter
@SuperBuilder
abstract class Box {
  private int size;
}

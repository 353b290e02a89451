import lombok.Data;

@Data
class Crate extends Crate {
  private Crate inner;
}

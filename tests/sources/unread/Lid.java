import lombok.Data;

@Data
class Lid {
  private String colour;
  %%%
}

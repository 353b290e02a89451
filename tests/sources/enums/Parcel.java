import com.fasterxml.jackson.annotation.*;
import java.util.*;
import lombok.*;

@Data
class Parcel {
  private Side side;
  private List<Speed> speeds;
  private Map<String, Colour> colours;
  private Parcel.Grade grade;
  private Shape shape;

  @AllArgsConstructor
  enum Grade {
    FIRST("1st", 1),
    SECOND("2nd", 2);

    @JsonValue
    private final String label;
    private final int code;
  }
}

enum Side { LEFT, RIGHT }

enum Speed {
  @JsonProperty("fast") FAST,
  @JsonProperty("slow") SLOW,
  @JsonEnumDefaultValue UNKNOWN
}

enum Colour {
  RED(0, "rouge"), BLUE(1, "bleu");

  private final String french;

  Colour(int code, String name) {
    this.french = name;
  }

  @JsonValue
  public String getFrench() {
    return french;
  }

  @JsonCreator
  static Colour of(String text) {
    return RED;
  }
}

enum Shape {
  ROUND, FLAT;

  @JsonValue
  String lower() {
    return name().toLowerCase();
  }
}

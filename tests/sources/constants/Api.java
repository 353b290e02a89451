import com.fasterxml.jackson.annotation.*;
import lombok.experimental.UtilityClass;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @PostMapping("/parcel")
  Parcel parcel(@RequestBody Parcel parcel) {
    return parcel;
  }
}

interface Names {
  String SENDER = "sent_by";
}

class Parts {
  static final String PREFIX = "parcel_";
  static final String ID = PREFIX + "id";
  static final String AGAIN = Names.SENDER;
  static String variable = "no constant";
  static final String CIRCLE = Other.CIRCLE;
}

class Other {
  static final String CIRCLE = Parts.CIRCLE;
}

@UtilityClass
class Formats {
  public final String DAY = "yyyy" + "-MM";
}

class Parcel {
  @JsonProperty(Names.SENDER)
  public String sender;

  @JsonProperty(Parts.ID)
  public String id;

  @JsonProperty(Parts.PREFIX + "size")
  public int size;

  @JsonAlias({Parts.AGAIN, "by"})
  public String again;

  @JsonFormat(pattern = Formats.DAY + "-dd")
  public java.time.LocalDate day;

  @JsonProperty(Parts.variable)
  public String open;

  @JsonProperty(Parts.CIRCLE)
  public String circle;
}

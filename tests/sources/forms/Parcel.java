import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.*;
import com.fasterxml.jackson.datatype.jsr310.ser.LocalDateSerializer;
import java.time.*;
import java.util.*;
import javax.validation.constraints.NotNull;
import lombok.Data;

@Data
@JsonInclude(JsonInclude.Include.NON_NULL)
class Parcel {
  static final String DAY = "dd.MM.yyyy";
  @JsonFormat(pattern = DAY)
  private LocalDate sent;
  @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "uuuu-MM-dd'T'HH:mm")
  private List<LocalDateTime> seen = new ArrayList<>();
  @JsonSerialize(using = LocalDateSerializer.class)
  @JsonDeserialize(using = OldDates.class)
  private LocalDate old;
  @JsonFormat(pattern = Elsewhere.DAY)
  private LocalDate unknown;
  @NotNull
  private String sender = "nobody";
  @JsonInclude(JsonInclude.Include.ALWAYS)
  private Long weight = 10L;
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private String note;
  private boolean open = true;
  private Side side = Side.LEFT;
  private int computed = 3 * 4;
}

enum Side { LEFT, RIGHT }

import java.time.LocalDate;
import lombok.Builder;
import lombok.Data;

@Data
@Builder
class Parcel {
  private String id;
  private LocalDate sentOn;
  private Status status;
}

package shop;

import com.fasterxml.jackson.annotation.*;
import java.math.BigDecimal;
import java.time.*;
import java.util.*;
import lombok.*;

@Data
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class ParcelDto extends Base {
  private String parcelNumber;
  @JsonProperty("kind")
  private String type;
  @JsonAlias({"weight", "mass"})
  private double kilograms;
  private BigDecimal price;
  private Boolean fragile;
  private int pieces = 1;
  private State state;
  @JsonFormat(pattern = "dd/MM/yyyy")
  private LocalDate sent;
  @JsonFormat(pattern = "yyyy MM dd HH")
  private LocalDateTime seen;
  private Instant updated;
  private AddressDto to;
  private List<AddressDto> stops;
  private Map<String, Long> counts;
  private List<List<String>> labels;
  private Map<Month, Object> anything;
  @lombok.NonNull
  private String owner;

  public enum State { SENT, ARRIVED }
}

import com.fasterxml.jackson.annotation.*;
import com.fasterxml.jackson.databind.annotation.*;
import java.util.Map;
import lombok.Data;

@Data
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
class Parcel extends LibraryParcel {
  @JsonIgnoreProperties("inner")
  private Parcel next;

  @JsonAnyGetter
  public Map<String, Object> rest() {
    return null;
  }
}

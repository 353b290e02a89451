import com.fasterxml.jackson.annotation.*;
import lombok.Data;

@Data
@JsonIgnoreProperties(value = {"listed", Parcel.ALSO}, ignoreUnknown = true)
class Parcel {
  static final String ALSO = "constant";
  private String sender;
  @JsonIgnore
  private String ignored;
  @JsonIgnore(false)
  private String kept;
  private String listed;
  private String constant;
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  private String id;
  @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
  private String password;
  private String half;

  @JsonIgnore
  public String getHalf() { return half; }

  @JsonProperty
  public void setHalf(String half) { this.half = half; }
}

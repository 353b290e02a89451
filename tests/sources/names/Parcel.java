import com.fasterxml.jackson.annotation.*;
import lombok.Data;

@Data
class Parcel {
  @JsonProperty("from")
  @JsonAlias("origin")
  private String sender;
  private int weight;
  @JsonProperty
  private String plain;
  private String items;
  @JsonProperty(Names.SIZE)
  @JsonAlias({Names.OLD_SIZE, "length"})
  private int size;

  @JsonProperty("contents")
  @JsonAlias({"items", "contents"})
  public String getItems() {
    return items;
  }

  @JsonProperty("contents")
  public void setItems(String items) {
    this.items = items;
  }
}

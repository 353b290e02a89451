import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.*;

record Parcel(
    @JsonProperty("from") String sender,
    int weight,
    List<Item> items,
    Map<String, Item[]> byName) {

  static final int LIMIT = 3;

  record Item(String name, byte[] picture, Optional<Integer> count) {}

  public String getLabel() {
    return sender;
  }

  public boolean isHeavy() {
    return weight > LIMIT;
  }

  public int doubled() {
    return 2 * weight;
  }
}

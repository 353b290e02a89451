import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Reads lines of "features TAB json" into an order, and answers each with what a mapper with these features writes for it,
 * as a JSON text; or "error".
 */
public class Layouts {
  public static class Line {
    public String productName;
    public Integer count;
    public List<String> tags;
  }

  public static class Order {
    public int zeta;
    public String alphaBeta;
    public List<List<Integer>> lists;
    public List<Line> lines;
    public Line mainLine;
    public Map<String, String> labels;
    public String note = "normal";
    public boolean known = true;
    public Integer retries = 3;

    // Jackson writes the properties that an annotation renames after the others.
    @JsonProperty("b_No")
    public Integer orderNumber;

    @JsonProperty("Total")
    public String totalPrice;
  }

  static ObjectMapper mapper(String features) {
    JsonMapper.Builder builder = JsonMapper.builder();
    for (String feature : features.split(" ")) {
      switch (feature) {
        case "sorted":
          builder.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY);
          break;
        case "non_null":
          builder.serializationInclusion(JsonInclude.Include.NON_NULL);
          break;
        case "snake":
          builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
          break;
        case "indent":
          builder.enable(SerializationFeature.INDENT_OUTPUT);
          break;
        case "no_spaces":
          builder.enable(SerializationFeature.INDENT_OUTPUT);
          builder.defaultPrettyPrinter(new DefaultPrettyPrinter().withoutSpacesInObjectEntries());
          break;
        case "":
          break;
        default:
          throw new IllegalArgumentException(feature);
      }
    }
    return builder.build();
  }

  public static void main(String[] arguments) throws Exception {
    ObjectMapper plain = new ObjectMapper();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line; (line = lines.readLine()) != null; ) {
      String[] parts = line.split("\t", 2);
      String answer;
      try {
        ObjectMapper mapper = mapper(parts[0]);
        byte[] bytes = mapper.writeValueAsBytes(mapper.readValue(parts[1], Order.class));
        answer = plain.writeValueAsString(new String(bytes, StandardCharsets.UTF_8));
      } catch (com.fasterxml.jackson.core.JsonProcessingException error) {
        answer = "\"error\"";
      }
      // Not println: the line separator is a part of what is tried.
      out.print(answer + "\n");
    }
    out.flush();
  }
}

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Reads lines of "class TAB json", and answers each with the JSON that Jackson writes for what it has read, or "error". */
public class Leaves {
  /** A field of the type, since null for a primitive differs from a whole body that is null. */
  public static class Fields {
    public int asInt;
    public long asLong;
    public double asDouble;
    public boolean asBoolean;
    public Integer asInteger;
    public Long asLongObject;
    public Double asDoubleObject;
    public Boolean asBooleanObject;
    public String asString;
    public java.math.BigDecimal asBigDecimal;
    public byte[] asBytes;
    public java.util.UUID asUuid;
    public java.time.Month asMonth;
    public java.util.Date asDate;
  }

  /**
   * Debian's jackson-core 2.14.1-2~deb12u1 takes a {@code long} of 19 digits for out of range, unless it was asked for
   * the number's type before; the released versions do not.
   */
  private static final class LongParser extends JsonParserDelegate {
    LongParser(JsonParser parser) {
      super(parser);
    }

    @Override
    public long getLongValue() throws IOException {
      delegate.getNumberType();
      return delegate.getLongValue();
    }
  }

  public static void main(String[] arguments) throws Exception {
    ObjectMapper mapper = new ObjectMapper().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line; (line = lines.readLine()) != null; ) {
      String[] parts = line.split("\t", 2);
      String answer;
      try {
        JsonParser parser = mapper.createParser("{\"" + parts[0] + "\":" + parts[1] + "}");
        Fields fields = mapper.readValue(new LongParser(parser), Fields.class);
        byte[] bytes = mapper.writeValueAsBytes(Fields.class.getField(parts[0]).get(fields));
        answer = new String(bytes, StandardCharsets.UTF_8);
      } catch (com.fasterxml.jackson.core.JsonProcessingException error) {
        answer = "error";
      }
      out.println(answer);
    }
    out.flush();
  }
}

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The doctors page by class, as the gateway maps it since b87760a, for {@code dtogate probe --batch}: real Jackson.
 * The classes are those of {@code src/tis/dto/integration/}.
 */
public final class RenameTyped {
  /** An explicit property name stands last, as in the gateway's class. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public static final class TraineeSummaryDto {
    public long countTotal;
    public long countUnderNotice;
    public long totalPages;
    public long totalResults;

    @JsonProperty("recommendationInfo")
    @JsonAlias({"traineeInfo", "recommendationInfo"})
    public List<TraineeInfoDto> traineeInfo;
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  public static final class TraineeInfoDto {
    public String gmcReferenceNumber;
    public String doctorFirstName;
    public String doctorLastName;
    public LocalDate submissionDate;
    public LocalDate dateAdded;
    public String underNotice;
    public String sanction;
    public String doctorStatus;
    public String gmcOutcome;
    public String admin;
    public LocalDate lastUpdatedDate;
    public String designatedBody;
    public String connectionStatus;
    public String programmeName;
    public String programmeMembershipType;
    public LocalDate curriculumEndDate;
    public Boolean notes;
  }

  /** The fields are called as they were captured; what has another name today is said by -Drenamed. */
  private static final class Today extends PropertyNamingStrategy {
    private static final long serialVersionUID = 1;

    @Override
    public String nameForField(MapperConfig<?> config, AnnotatedField field, String name) {
      for (String pair : System.getProperty("renamed", "").split(",")) {
        if (pair.startsWith(name + ":")) {
          return pair.substring(name.length() + 1);
        }
      }
      return name;
    }
  }

  /** Reads as the LocalDateDeserializer of the jsr310 module does: text, a date-time, a day count, three numbers. */
  private static final class DateReader extends StdDeserializer<LocalDate> {
    private static final long serialVersionUID = 1;

    DateReader() {
      super(LocalDate.class);
    }

    @Override
    public LocalDate deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      try {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
          return text(parser.getText().trim());
        } else if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
          return LocalDate.ofEpochDay(parser.getLongValue());
        } else if (parser.isExpectedStartArrayToken()) {
          return list(parser, context);
        }
      } catch (DateTimeException error) {
        throw context.weirdStringException(parser.getText(), LocalDate.class, error.getMessage());
      }
      return (LocalDate) context.handleUnexpectedToken(LocalDate.class, parser);
    }

    private static LocalDate text(String text) {
      if (text.isEmpty()) {
        return null;
      } else if (text.length() > 10 && text.charAt(10) == 'T') {
        String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
        return LocalDate.parse(local, DateTimeFormatter.ISO_LOCAL_DATE_TIME);
      }
      return LocalDate.parse(text);
    }

    private static LocalDate list(JsonParser parser, DeserializationContext context) throws IOException {
      int[] numbers = new int[3];
      int count = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT) || count == 3) {
          return (LocalDate) context.handleUnexpectedToken(LocalDate.class, parser);
        }
        numbers[count++] = parser.getIntValue();
      }
      if (count == 0) {
        return null;
      } else if (count < 3) {
        throw context.weirdStringException("list", LocalDate.class, "expected three numbers");
      }
      return LocalDate.of(numbers[0], numbers[1], numbers[2]);
    }
  }

  /**
   * Debian's jackson-core 2.14.1-2~deb12u1 takes a {@code long} of 19 digits for out of range, unless it was asked for
   * the number's type before; the captured releases do not.
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

  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0) {
      System.out.println("jackson-core " + com.fasterxml.jackson.core.json.PackageVersion.VERSION
          + ", jackson-databind " + com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION);
      return;
    }
    SimpleModule dates = new SimpleModule("dates");
    dates.addDeserializer(LocalDate.class, new DateReader());
    dates.addSerializer(LocalDate.class, ToStringSerializer.instance);
    ObjectMapper mapper = new ObjectMapper().registerModule(dates);
    mapper.setPropertyNamingStrategy(new Today());
    mapper.enable(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES);
    Sequence.answer(body -> {
      try (JsonParser parser = new LongParser(mapper.createParser(body))) {
        return mapper.writeValueAsBytes(mapper.readValue(parser, TraineeSummaryDto.class));
      } catch (IOException error) {
        System.err.println("refused: " + error.getMessage());
        return "null".getBytes(StandardCharsets.UTF_8);
      }
    });
  }
}

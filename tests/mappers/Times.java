import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads lines of "method TAB text", and answers each with what java.time reads from the text, or "error". */
public class Times {
  static Object read(String method, String text) {
    switch (method) {
      case "Duration.parse":
        return Duration.parse(text);
      case "Instant.parse":
        return Instant.parse(text);
      case "ISO_DATE":
        return LocalDate.parse(text, DateTimeFormatter.ISO_DATE);
      case "ISO_DATE_TIME":
        return LocalDate.parse(text, DateTimeFormatter.ISO_DATE_TIME);
      case "OffsetDateTime.parse":
        return OffsetDateTime.parse(text).toInstant();
      case "ZonedDateTime.parse":
        return ZonedDateTime.parse(text).toInstant();
      default:
        throw new IllegalArgumentException(method);
    }
  }

  public static void main(String[] arguments) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line; (line = lines.readLine()) != null; ) {
      String[] parts = line.split("\t", 2);
      String answer;
      try {
        answer = read(parts[0], parts[1]).toString();
      } catch (DateTimeException error) {
        answer = "error";
      }
      out.println(answer);
    }
    out.flush();
  }
}

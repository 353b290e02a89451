import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/**
 * A text mapper of the gateway for {@code dtogate probe --batch}: the real {@code String.replaceAll} with the regular
 * expression and the replacement that it is given.
 */
public final class RenameText {
  public static void main(String[] arguments) throws IOException {
    // The body was converted to a String as UTF-8, whatever the JVM's own charset is.
    Sequence.answer(body -> new String(body, UTF_8).replaceAll(arguments[0], arguments[1]).getBytes(UTF_8));
  }
}

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** JSON text sequences both ways (RFC 7464), as {@code dtogate probe --batch} speaks them. */
final class Sequence {
  private static final int SEPARATOR = 0x1E;

  private Sequence() {}

  /** Answers every body of standard input on standard output, in order, each before the next is read. */
  static void answer(UnaryOperator<byte[]> mapper) throws IOException {
    InputStream input = new BufferedInputStream(System.in, 1 << 16);
    // What stands before the first separator is no text.
    for (byte[] text = next(input); (text = next(input)) != null; ) {
      // The line feed belongs to the sequence, not to the body.
      int end = text.length;
      byte[] body = end > 0 && text[end - 1] == '\n' ? Arrays.copyOf(text, end - 1) : text;
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      output.write(SEPARATOR);
      output.writeBytes(mapper.apply(body));
      output.write('\n');
      output.writeTo(System.out);
      System.out.flush();
    }
  }

  /** What stands before the next separator or the end of the input; null at the end. */
  private static byte[] next(InputStream input) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int read = input.read();
    if (read < 0) {
      return null;
    }
    for (; read >= 0 && read != SEPARATOR; read = input.read()) {
      text.write(read);
    }
    return text.toByteArray();
  }
}

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** JSON text sequences both ways (RFC 7464), as {@code dtogate probe --batch} speaks them. */
final class Sequence {
  private static final int SEPARATOR = 0x1E;

  private Sequence() {}

  /** Answers every body of standard input on standard output, in order. */
  static void answer(UnaryOperator<byte[]> mapper) throws IOException {
    byte[] input = System.in.readAllBytes();
    ByteArrayOutputStream output = new ByteArrayOutputStream(input.length);
    // What stands before the first separator is no text.
    for (int at = next(input, 0); at < input.length; ) {
      int end = next(input, at + 1);
      // The line feed belongs to the sequence, not to the body.
      byte[] body = Arrays.copyOfRange(input, at + 1, input[end - 1] == '\n' ? end - 1 : end);
      output.write(SEPARATOR);
      output.writeBytes(mapper.apply(body));
      output.write('\n');
      at = end;
    }
    output.writeTo(System.out);
    System.out.flush();
  }

  /** Where the next separator stands, or the end of the input. */
  private static int next(byte[] input, int from) {
    int at = from;
    while (at < input.length && input[at] != SEPARATOR) {
      at++;
    }
    return at;
  }
}

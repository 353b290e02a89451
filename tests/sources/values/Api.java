import com.fasterxml.jackson.annotation.*;
import java.util.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @PostMapping("/parcel")
  Parcel parcel(@RequestBody Order order) {
    return null;
  }
}

record Parcel(
    Number number, Plain plain, Crates crates, Named named, Shelf shelf, Steps steps, Nodes nodes, Shown shown) {}

/** Its value is that of a class above it. */
class Number extends Text {
  public String never;
}

abstract class Text {
  @JsonValue
  abstract String text();
}

/** Switched off. */
record Plain(@JsonValue(false) String text) {}

class Crates extends ArrayList<Crate> {
  public String never;
}

class Named extends Numbered<Crate> {}

class Numbered<T> extends HashMap<String, T> {}

/** Something to iterate over is an object as soon as it has a key. */
abstract class Shelf implements Iterable<Crate> {
  public int getSize() {
    return 0;
  }
}

abstract class Steps implements Iterable<Crate> {}

/** A list of itself. */
class Nodes extends ArrayList<Nodes> {}

@JsonFormat(shape = JsonFormat.Shape.OBJECT)
class Shown extends ArrayList<Crate> {
  public String label;
}

record Crate(String label) {}

record Order(Made made, Unmade unmade) {}

record Made(@JsonValue String text) {}

class Unmade {
  @JsonValue
  String text() {
    return "";
  }
}

import java.util.*;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Untyped {
  private Library library;

  @GetMapping("/map")
  ResponseEntity map() {
    Map<String, Object> map = new HashMap<>();
    map.put("hidden", new Unbound("x"));
    return ResponseEntity.ok(map);
  }

  @GetMapping("/library")
  ResponseEntity<?> library() {
    return ResponseEntity.ok(library.find());
  }

  @GetMapping("/text")
  ResponseEntity<?> text() {
    return ResponseEntity.ok("text");
  }
}

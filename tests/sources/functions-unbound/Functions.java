import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.*;

@RestController
class Functions {
  @Bean
  Function<Taken, Given> both() {
    return null;
  }

  @GetMapping("/taken")
  Taken taken() {
    return null;
  }
}

record Taken(String a) {}

record Given(String a) {}

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.*;

@RestController
class ApiTest {
  @GetMapping
  Only only() {
    return null;
  }

  @Bean
  ObjectMapper mapper() {
    return new ObjectMapper();
  }
}

record Only(String text) {}

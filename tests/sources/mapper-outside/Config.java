import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.context.annotation.*;
import shop.library.Json;

@Configuration
class Config {
  @Bean
  ObjectMapper mapper() {
    return Json.make();
  }
}

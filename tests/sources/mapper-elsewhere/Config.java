import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import org.springframework.context.annotation.*;

@Configuration
class Config {
  @Bean
  ObjectMapper mapper() {
    return Json.make();
  }
}

class Json {
  static ObjectMapper make() {
    return new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
  }
}

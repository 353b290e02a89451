import com.fasterxml.jackson.databind.*;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping
  Parcel parcel() {
    return null;
  }

  @Bean
  Jackson2ObjectMapperBuilderCustomizer customizer() {
    return builder -> builder.featuresToEnable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }
}

record Parcel(String sender) {}

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.springframework.context.annotation.*;

@Configuration
class Config {
  @Bean
  ObjectMapper mapper() {
    return new ObjectMapper().findAndRegisterModules();
  }

  @Bean
  JacksonDataFormat format(ObjectMapper mapper) {
    return new JacksonDataFormat(mapper, Parcel.class);
  }
}

record Parcel(String a) {}

import com.fasterxml.jackson.databind.*;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.springframework.context.annotation.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Api {
  @GetMapping
  Parcel parcel() {
    return null;
  }

  @Bean
  @Profile("!test")
  public ObjectMapper objectMapper() {
    final var mapper = new ObjectMapper();
    mapper.configure(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, false);
    mapper.registerModule(new JavaTimeModule());
    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    mapper.setSerializationInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL);
    mapper.addMixIn(Parcel.class, Other.class);
    return mapper;
  }
}

record Parcel(String sender) {}

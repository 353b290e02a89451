import com.fasterxml.jackson.databind.*;
import javax.annotation.PostConstruct;
import org.springframework.amqp.support.converter.*;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

@RestController
class Config {
  @Autowired private ObjectMapper mapper;
  private final ObjectMapper own = new ObjectMapper();

  @Autowired
  void configure(ObjectMapper handed) {
    handed.findAndRegisterModules().setTimeZone(zone());
  }

  @PostConstruct
  void init() {
    this.mapper.addMixIn(Parcel.class, Mixed.class);
  }

  void converters(List<HttpMessageConverter<?>> converters) {
    converters.forEach(it -> ((Json) it).getObjectMapper().enable(SerializationFeature.INDENT_OUTPUT));
  }

  String others(ObjectMapper handed) {
    own.enable(SerializationFeature.INDENT_OUTPUT);
    handed.copy().enable(SerializationFeature.INDENT_OUTPUT);
    handed.writer().with(SerializationFeature.INDENT_OUTPUT);
    ObjectMapper mapper = new ObjectMapper();
    mapper.disable(SerializationFeature.INDENT_OUTPUT);
    return handed.enableNothing;
  }

  @Bean
  MessageConverter chained() {
    return new Jackson2JsonMessageConverter(
        new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
  }

  @GetMapping
  Parcel parcel() {
    return null;
  }
}

@Configuration
class Sqs {
  @Bean
  Object copied(ObjectMapper handed) {
    return new SqsMessagingMessageConverter(handed.copy());
  }
}

class Mixed {}

class Mapped implements BeanPostProcessor {
  Object postProcessAfterInitialization(Object bean, String name) {
    return bean;
  }
}

@ControllerAdvice
class Wrapped implements ResponseBodyAdvice<Object> {}

record Parcel(String sender) {}

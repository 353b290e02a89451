import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.amqp.support.converter.*;
import org.springframework.context.annotation.*;

@Configuration
class Config {
  @Bean
  MessageConverter converter(ObjectMapper given) {
    final ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
    return new Jackson2JsonMessageConverter(mapper);
  }
}

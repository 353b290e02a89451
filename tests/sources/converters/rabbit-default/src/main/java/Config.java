import org.springframework.amqp.support.converter.*;
import org.springframework.context.annotation.*;

@Configuration
class Config {
  @Bean
  MessageConverter converter() {
    return new Jackson2JsonMessageConverter();
  }
}

import org.springframework.amqp.support.converter.*;
import org.springframework.context.annotation.Bean;

class Config {
  @Bean
  MessageConverter converter() {
    return new Jackson2JsonMessageConverter();
  }
}

import com.fasterxml.jackson.databind.ObjectMapper;
import io.awspring.cloud.sqs.support.converter.SqsMessagingMessageConverter;
import org.springframework.context.annotation.*;

@Configuration
class Config {
  @Bean
  SqsMessagingMessageConverter converter() {
    var converter = new SqsMessagingMessageConverter();
    converter.setObjectMapper(new ObjectMapper());
    return converter;
  }
}

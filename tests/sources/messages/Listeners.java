import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.awspring.cloud.sqs.annotation.SqsListener;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.handler.annotation.Header;

class Listeners {
  private final ObjectMapper mapper = new ObjectMapper();

  @RabbitListener(queues = "q")
  void rabbit(final Rabbit rabbit, @Header Ignored header, Message raw) {}

  @SqsListener("q")
  void sqs(String text) throws Exception {
    Envelope<Sqs> envelope = mapper.readValue(text, new TypeReference<>() {});
  }

  @KafkaListener(topics = "t")
  void kafka(List<Kafka> batch) {}

  Returned returned(String text) throws Exception {
    return mapper.readValue(text, new TypeReference<>() {});
  }

  void plain(Ignored ignored) {
    String text = mapper.writeValueAsString(new Spelled("x"));
  }
}

record Rabbit(String a) {}

record Envelope<T>(T content) {}

record Sqs(String a) {}

record Kafka(String a) {}

record Returned(String a) {}

record Spelled(String a) {}

record Ignored(String a) {}

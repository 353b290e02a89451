import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.messaging.support.MessageBuilder;

class Kafka {
  KafkaTemplate<String, Object> template;

  void send(Sent sent) {
    template.send(MessageBuilder.withPayload(sent).build());
  }
}

record Sent(String a) {}

import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.kafka.core.KafkaTemplate;

abstract class Publisher<T> {
  protected RabbitTemplate rabbit;

  public void publish(T message) {
    rabbit.convertAndSend("exchange", "key", message);
  }
}

abstract class Middle<M> extends Publisher<M> {}

class GenericPublisher extends Middle<Generic> {}

class Plain {
  private RabbitTemplate rabbit;
  private KafkaTemplate<String, Object> kafka;

  void direct(Other other) {
    final Direct direct = Direct.builder().build();
    rabbit.convertAndSend("key", direct);
    hand(new Handed("x"));
    other.send(new NotSent("x"));
  }

  private void hand(Object payload) {
    kafka.send("topic", payload);
  }
}

class Other {
  void send(NotSent notSent) {}
}

record Generic(String a) {}

@lombok.Data
@lombok.Builder
class Direct {
  private String a;
}

record Handed(String a) {}

record NotSent(String a) {}

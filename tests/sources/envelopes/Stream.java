import org.springframework.messaging.*;
import org.springframework.messaging.support.GenericMessage;

class Stream {
  MessageChannel channel;

  void send(Wrapped wrapped) {
    channel.send(new GenericMessage<>(wrapped));
  }
}

record Wrapped(String a) {}

import org.springframework.messaging.*;
import org.springframework.messaging.support.GenericMessage;

class Stream {
  MessageChannel channel;

  void send(Wrapped wrapped) {
    channel.send(new GenericMessage<>(wrapped));
  }
}

record Wrapped(String a) {}

class Emits {
  void emit(org.springframework.web.servlet.mvc.method.annotation.SseEmitter emitter, Emitted emitted) throws Exception {
    emitter.send(emitted);
  }

  Message<Created> created(Created created) {
    return org.springframework.messaging.support.MessageBuilder.createMessage(created, null);
  }
}

record Emitted(String a) {}

record Created(String a) {}

import java.util.function.*;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.Message;

class Functions {
  @Bean
  Function<Taken, Message<Given>> both() {
    return null;
  }

  @Bean
  Consumer<Used> consumer() {
    return null;
  }

  @Bean
  Supplier<Made> supplier() {
    return null;
  }

  @Bean
  Function<String, Integer> nothing() {
    return null;
  }

  Function<Private, Private> helper() {
    return null;
  }
}

record Taken(String a) {}

record Given(String a) {}

record Used(String a) {}

record Made(String a) {}

record Private(String a) {}

@org.springframework.stereotype.Component
class Printer implements Function<Printed, String> {
  @Override
  public String apply(Printed printed) {
    return "";
  }
}

class Helper implements Function<Private, String> {
  @Override
  public String apply(Private taken) {
    return "";
  }
}

record Printed(String a) {}

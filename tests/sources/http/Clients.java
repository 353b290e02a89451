import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

class Clients {
  private final RestTemplate rest = new RestTemplate();
  private WebClient web;

  void call(Sent sent, PutThere put) {
    Got got = rest.getForObject("/", Got.class);
    rest.postForEntity("/", sent, String.class);
    rest.exchange("/", HttpMethod.PUT, new HttpEntity<>(put), new ParameterizedTypeReference<List<Exchanged>>() {});
    web.post().bodyValue(new Posted("x")).retrieve().bodyToMono(Streamed.class);
  }
}

@FeignClient("there")
interface There {
  @PostMapping("/{id}")
  FeignAnswer send(@PathVariable Unused id, FeignBody body);
}

record Sent(String a) {}

record PutThere(String a) {}

record Got(String a) {}

record Exchanged(String a) {}

record Posted(String a) {}

record Streamed(String a) {}

record FeignAnswer(String a) {}

record FeignBody(String a) {}

record Unused(String a) {}

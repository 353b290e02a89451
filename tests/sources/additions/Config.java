import com.fasterxml.jackson.databind.Module;
import org.springframework.boot.jackson.JsonComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.*;

@RestController
class Config {
  @Bean
  Module module() {
    return new ParcelModule();
  }

  @GetMapping
  Parcel parcel() {
    return null;
  }
}

@JsonComponent
class Writer {}

record Parcel(String sender) {}

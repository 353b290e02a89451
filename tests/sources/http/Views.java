import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.*;

@Controller
class Views {
  @GetMapping("/page")
  Page page() {
    return null;
  }

  @GetMapping("/data")
  @ResponseBody
  Data data() {
    return null;
  }
}

record Page(String a) {}

record Data(String a) {}

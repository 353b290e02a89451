import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;

@ControllerAdvice
class Errors {
  @ExceptionHandler(RuntimeException.class)
  ResponseEntity<Object> failed(RuntimeException exception) {
    var problem = new Problem("x");
    return answer(problem);
  }

  private ResponseEntity<Object> answer(Problem problem) {
    return new ResponseEntity<>(problem, HttpStatus.BAD_REQUEST);
  }
}

record Problem(String a) {}

import lombok.Data;

@Data
class Envelope<T> {
  private T content;
  private java.util.List<T> rest;
}

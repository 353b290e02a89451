// = Depot.save(Order) 0: size
import lombok.*;
import org.springframework.data.mongodb.core.mapping.Document;

class Depot {
  Stored save(Order order) {
    return Stored.builder().size(order.getSize()).build();
  }
}

// What a store keeps is on no wire, so this asks for nothing: // = never
@Data
@Builder
@Document
class Stored {
  private String id;
  private Integer size;
  private Integer weight;
}

@Data
class Order {
  private Integer size;
}

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import lombok.Data;

@Data
@Document(collection = "stored")
class Stored {
  @Id
  private String key;
  @Field("s")
  private String sender;
  private Part part;
}

@Data
class Part {
  private String a;
}

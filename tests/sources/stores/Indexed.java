import java.time.LocalDate;
import org.springframework.data.elasticsearch.annotations.*;
import lombok.Data;

@Data
@Document(indexName = "indexed")
class Indexed {
  @Field(type = FieldType.Date, format = {}, pattern = "uuuu-MM-dd")
  private LocalDate sent;
  @Field(type = FieldType.Date, format = {DateFormat.date, DateFormat.epoch_millis})
  private LocalDate seen;
}

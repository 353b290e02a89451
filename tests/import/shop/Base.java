package shop;

import lombok.Data;

@Data
class Base {
  private Long id;
}

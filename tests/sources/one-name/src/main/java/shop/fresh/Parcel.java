package shop.fresh;

@lombok.Data
public class Parcel {
  private String from;
}

package shop.other;

@lombok.Data
public class Parcel {
  private String unused;
}

package shop.old;

@lombok.Data
public class Parcel {
  private String sender;
}

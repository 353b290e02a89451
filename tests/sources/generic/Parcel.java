import lombok.Data;

@Data
class Parcel extends Base<Label> {
  private String sender;
}

@Data
class Base<L> extends Root {
  private L label;
  private java.util.List<L> more;
}

@Data
class Root {
  private String id;
}

@Data
class Label {
  private String text;
}

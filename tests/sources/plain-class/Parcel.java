public class Parcel {
  public static final String KIND = "parcel";
  public int weight;
  private transient String note;
  private String sender;
  private boolean open;
  private String hidden;
  private String written;
  private String secret;
  private String aName;

  public String getSender() { return sender; }
  public boolean isOpen() { return open; }
  public String getAName() { return aName; }
  public String getURL() { return "x"; }
  public String getLabel() { return sender + weight; }
  public String toText() { return sender; }
  String getPackagePrivate() { return ""; }
  public static String getKind() { return KIND; }
  public String getFor(String other) { return other; }
  public void setSecret(String secret) { this.secret = secret; }
}

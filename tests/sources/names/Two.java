import com.fasterxml.jackson.annotation.JsonProperty;

class Two {
  private String place;
  private int number;

  @JsonProperty("shelf")
  public String getPlace() { return place; }

  @JsonProperty("rack")
  public void setPlace(String place) { this.place = place; }

  public int getNumber() { return number; }
}

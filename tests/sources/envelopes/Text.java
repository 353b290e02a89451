import com.google.gson.Gson;

class Text {
  String text(Written written) {
    return new Gson().toJson(written);
  }

  Object read(String text) {
    return new Gson().fromJson(text, Parsed.class);
  }
}

record Written(String a) {}

record Parsed(String a) {}

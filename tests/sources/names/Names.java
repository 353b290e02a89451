final class Names {
  static final String SIZE = "how-long";
  static final String OLD_SIZE = "long";
}

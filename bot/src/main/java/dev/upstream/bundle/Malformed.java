package dev.upstream.bundle;

/** A document that could not be read, with the reason; nothing of its content is repeated. */
final class Malformed extends Exception {
  private static final long serialVersionUID = 1L;

  Malformed(String why) {
    super(why);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}

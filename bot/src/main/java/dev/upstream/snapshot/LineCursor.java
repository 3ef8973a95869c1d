package dev.upstream.snapshot;

/**
 * Goes through a log line from left to right, without an expression that a long line could exhaust;
 * after a step that fails, every other fails too.
 */
final class LineCursor {
  private final String line;
  private int at;

  LineCursor(String line) {
    this.line = line;
  }

  boolean failed() {
    return at < 0;
  }

  /** What stands before the next mark. */
  String past(String mark) {
    int found = at < 0 ? -1 : line.indexOf(mark, at);
    String text = found < 0 ? "" : line.substring(at, found);
    at = found < 0 ? -1 : found + mark.length();
    return text;
  }

  /** A text in quotes and the blank behind it; a quote inside is escaped. */
  String quoted() {
    if (at < 0 || at >= line.length() || line.charAt(at) != '"') {
      at = -1;
      return "";
    }
    int end = at + 1;
    while (end < line.length() && line.charAt(end) != '"') {
      end += line.charAt(end) == '\\' ? 2 : 1;
    }
    String text = end < line.length() ? line.substring(at + 1, end) : "";
    at = end + 1 < line.length() && line.charAt(end + 1) == ' ' ? end + 2 : -1;
    return text;
  }

  String rest() {
    return line.substring(at);
  }

  /** How far it came. */
  int position() {
    return at;
  }
}

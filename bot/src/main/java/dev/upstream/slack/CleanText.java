package dev.upstream.slack;

import java.util.regex.Pattern;

/** Takes out of a text what is not seen and yet acts: control, bidi and other invisible signs. */
final class CleanText {
  private static final Pattern TERMINAL = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]");
  private static final int MARKS_ON_A_LETTER = 3;

  private CleanText() {}

  /** The text in one line. */
  static String line(String raw) {
    return lines(raw).replace('\n', ' ');
  }

  /** The text with its lines. Broken UTF-16 is shown as such. */
  static String lines(String raw) {
    String text = raw.indexOf('\u001B') < 0 ? raw : TERMINAL.matcher(raw).replaceAll("");
    StringBuilder out = new StringBuilder(text.length());
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int length = Character.charCount(point);
      boolean carriageReturnOfPair =
          point == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      i += length;
      int type = Character.getType(point);
      marks = isMark(type) ? marks + 1 : 0;
      if (carriageReturnOfPair || marks > MARKS_ON_A_LETTER) {
        continue;
      }
      append(out, point, type);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int point, int type) {
    switch (type) {
      case Character.CONTROL -> {
        if (point == '\n' || point == '\r' || point == 0x85) {
          newLine(out);
        } else if (point == '\t') {
          out.append(' ');
        }
      }
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> newLine(out);
      case Character.SPACE_SEPARATOR -> out.append(' ');
      case Character.FORMAT -> {}
      case Character.SURROGATE, Character.UNASSIGNED -> out.append('\uFFFD');
      default -> out.appendCodePoint(point);
    }
  }

  /** At most one empty line in a row. */
  private static void newLine(StringBuilder out) {
    int end = out.length();
    while (end > 0 && out.charAt(end - 1) == ' ') {
      end--;
    }
    out.setLength(end);
    if (end < 2 || out.charAt(end - 1) != '\n' || out.charAt(end - 2) != '\n') {
      out.append('\n');
    }
  }

  private static boolean isMark(int type) {
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }
}

package dev.upstream.slack;

import java.util.regex.Pattern;

/**
 * Writes spans in Slack's own notation so that nothing inside them acts: the three signs that begin
 * mentions and links are escaped; signs that format are replaced by signs that look like them.
 */
final class Mrkdwn {
  /** The colon before a code; the one behind it may begin another code. */
  private static final Pattern EMOJI =
      Pattern.compile(":(?=(?:[a-z0-9_+'-]*[a-z_+'-][a-z0-9_+'-]*+|100|1234):)");

  private static final Pattern QUOTE = Pattern.compile("(?m)^( *)>");

  /** What may stand right behind another span. */
  private static final String JOINING = " \n.,;)";

  /** What may stand right behind a span that ends with its own sign. */
  private static final String CLOSING = JOINING + ":?!]}\"";

  /** What a span may stand right behind. */
  private static final String OPENING = "([{\"";

  private Mrkdwn() {}

  /** A span, already cleaned and short enough, after what was written before it. */
  static void write(StringBuilder out, Span span, String text) {
    switch (span) {
      case Span.Words w -> {
        String words = escape(unformatted(text));
        if (!words.isEmpty() && (ended(out) ? CLOSING : JOINING).indexOf(words.charAt(0)) < 0) {
          apart(out);
        }
        out.append(words);
      }
      case Span.Strong s -> delimited(out, "*", escape(unformatted(text)).strip());
      case Span.Code c -> delimited(out, "`", escape(text.replace('`', '\'')).strip());
      case Span.Link l -> {
        apart(out);
        out.append('<').append(escape(l.address().toString())).append('|');
        out.append(escape(unformatted(text)).replace('|', '/').strip()).append('>');
      }
      case Span.Preformatted p -> delimited(out, "```", escape(text.replace('`', '\'')).strip());
    }
  }

  /** Delimiters count only beside something that is no word. */
  private static void delimited(StringBuilder out, String delimiter, String inside) {
    if (inside.isEmpty()) {
      return;
    }
    apart(out);
    out.append(delimiter).append(inside).append(delimiter);
  }

  /** Two spans that touch could make one sign of formatting, or one emoji code. */
  private static void apart(StringBuilder out) {
    if (!out.isEmpty()
        && !Character.isWhitespace(out.charAt(out.length() - 1))
        && OPENING.indexOf(out.charAt(out.length() - 1)) < 0) {
      out.append(' ');
    }
  }

  private static boolean ended(StringBuilder out) {
    return !out.isEmpty() && "*`>".indexOf(out.charAt(out.length() - 1)) >= 0;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** How many characters the text takes once escaped. */
  static int escapedLength(int point) {
    return switch (point) {
      case '&' -> 5;
      case '<', '>' -> 4;
      default -> Character.charCount(point);
    };
  }

  static String unformatted(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean insideWord =
          c != '`'
              && i > 0
              && i + 1 < text.length()
              && Character.isLetterOrDigit(text.charAt(i - 1))
              && Character.isLetterOrDigit(text.charAt(i + 1));
      out.append(insideWord ? c : lookalike(c));
    }
    String quoted = QUOTE.matcher(out).replaceAll("$1\u203A");
    return EMOJI.matcher(quoted).replaceAll("\u2236");
  }

  private static char lookalike(char c) {
    return switch (c) {
      case '*' -> '\u2217';
      case '_' -> '\u02CD';
      case '~' -> '\u223C';
      case '`' -> '\u02CB';
      default -> c;
    };
  }
}

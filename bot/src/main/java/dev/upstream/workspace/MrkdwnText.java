package dev.upstream.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Slack would make of a mrkdwn text: which parts act or are formatted, and which are words.
 */
public final class MrkdwnText {
  private static final Pattern RAW_AMPERSAND = Pattern.compile("&(?!amp;|lt;|gt;)");
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<pre>(?s:```.+?```))"
              + "|(?<code>`[^`\\s](?:[^`\\n]*[^`\\s])?`)"
              + "|(?<token><[^<>\\n]+>)"
              + "|(?<quote>(?m:^) *(?:&gt;|>)[^\\n]*)"
              + "|(?<![\\p{L}\\p{N}*])(?<bold>\\*[^*\\s](?:[^*\\n]*[^*\\s])?\\*)(?![\\p{L}\\p{N}*])"
              + "|(?<![\\p{L}\\p{N}_])(?<italic>_[^_\\s](?:[^_\\n]*[^_\\s])?_)(?![\\p{L}\\p{N}_])"
              + "|(?<![\\p{L}\\p{N}~])(?<strike>~[^~\\s](?:[^~\\n]*[^~\\s])?~)(?![\\p{L}\\p{N}~])"
              + "|(?<emoji>:[a-z0-9_+'-]*[a-z_+'-][a-z0-9_+'-]*:|:100:|:1234:)"
              + "|(?<url>https?://[^\\s<>|]+)"
              + "|(?<loud>(?<![\\w@])@(?:here|channel|everyone)\\b)");
  private static final List<Kind> KINDS = List.of(Kind.values());

  /** How a part looks or acts. */
  public enum Kind {
    WORDS,
    PRE,
    CODE,
    /** A mention or link in angle brackets. */
    TOKEN,
    QUOTE,
    BOLD,
    ITALIC,
    STRIKE,
    EMOJI,
    /** An address that Slack links by itself, unless told not to. */
    URL,
    /** A shout that Slack hears by itself, unless told not to. */
    LOUD
  }

  /**
   * @param text as a person reads it
   */
  public record Part(Kind kind, String text) {}

  private MrkdwnText() {}

  /**
   * @param verbatim whether Slack was told to link and hear nothing by itself
   */
  public static List<Part> parts(String mrkdwn, boolean verbatim) {
    List<Part> parts = new ArrayList<>();
    Matcher piece = PIECE.matcher(mrkdwn);
    int end = 0;
    while (piece.find()) {
      Kind kind = kind(piece);
      if (verbatim && (kind == Kind.URL || kind == Kind.LOUD)) {
        continue;
      }
      add(parts, Kind.WORDS, mrkdwn.substring(end, piece.start()));
      add(parts, kind, piece.group());
      end = piece.end();
    }
    add(parts, Kind.WORDS, mrkdwn.substring(end));
    return parts;
  }

  private static Kind kind(Matcher piece) {
    return KINDS.stream()
        .filter(
            k ->
                k != Kind.WORDS && piece.group(k.name().toLowerCase(java.util.Locale.ROOT)) != null)
        .findFirst()
        .orElse(Kind.WORDS);
  }

  private static void add(List<Part> parts, Kind kind, String raw) {
    if (!raw.isEmpty()) {
      parts.add(new Part(kind, shown(raw)));
    }
  }

  /** Escaped signs as a person sees them. */
  public static String shown(String mrkdwn) {
    return mrkdwn.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /** Signs that Slack wants escaped and that are not: they may mention, link or show wrongly. */
  public static List<String> unescaped(String mrkdwn) {
    List<String> found = new ArrayList<>();
    int open = mrkdwn.indexOf('<');
    if (open >= 0) {
      found.add("unescaped < at " + open + ": " + excerpt(mrkdwn, open));
    }
    int close = mrkdwn.indexOf('>');
    if (close >= 0) {
      found.add("unescaped > at " + close + ": " + excerpt(mrkdwn, close));
    }
    Matcher ampersand = RAW_AMPERSAND.matcher(mrkdwn);
    if (ampersand.find()) {
      found.add("unescaped & at " + ampersand.start() + ": " + excerpt(mrkdwn, ampersand.start()));
    }
    return found;
  }

  private static String excerpt(String text, int at) {
    return text.substring(Math.max(0, at - 20), Math.min(text.length(), at + 40));
  }
}

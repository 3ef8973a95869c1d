package dev.upstream.slack;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.upstream.snapshot.LogRedaction;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words on their way out: no secret, nothing invisible, short enough, and saying so where cut. */
final class OutgoingText {
  private static final int MOST_LINES = 60;

  /** Patterns are only matched within this many characters, whatever a log line holds. */
  private static final int WINDOW = 12_000;

  /** A line of a file, or a value of a document. */
  private static final int LONGEST_LINE = 4_000;

  /** Of a whole file. */
  private static final int LONGEST_FILE = 1_000_000;

  /** Room for the words that say how much was cut. */
  static final int CUT_NOTICE = 48;

  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  private static final String HIDDEN = "(redacted)";

  /** Whatever their case: a sentence may begin with one. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?i)xox[a-z]-[A-Za-z0-9-]{6,}|xapp-[A-Za-z0-9-]{6,}|gh[pousr]_[A-Za-z0-9]{20,}"
              + "|(?:AKIA|ASIA)[A-Z0-9]{16}|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_.-]+|-----BEGIN"
              + " [A-Z ]*PRIVATE KEY-----[^-]*");

  /** Also where the name has something before it, such as DB_PASSWORD. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:password|passwd|secret|token|api[_-]?key|access[_-]?key"
              + "|private[_-]?key)[\"']?\\s*[:=]\\s*[\"']?)[^\\s,;\"'&]+");

  /** Without one of these, in small letters, there is none: most texts hold none. */
  private static final List<String> TOKEN_HINTS =
      List.of(
          "xox", "xapp", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "akia", "asia", "eyj", "private");

  private static final List<String> NAME_HINTS = List.of("passw", "secret", "token", "key");

  private final List<String> secrets;

  OutgoingText(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** One line for a label or a header: an ellipsis says enough there. */
  String label(String raw, int limit) {
    String text = clean(raw, true).strip();
    return text.length() <= limit
        ? text
        : start(text, limit - 1, Character::charCount).stripTrailing() + "\u2026";
  }

  /** The text without secrets and invisible signs, cut where it is too long, and saying so. */
  String fit(String raw, boolean oneLine, int limit, IntUnaryOperator cost) {
    boolean whole = raw.length() <= WINDOW;
    String text = clean(raw, oneLine);
    List<String> lines = text.lines().limit(MOST_LINES + 1L).toList();
    if (lines.size() > MOST_LINES) {
      whole = false;
      text = String.join("\n", lines.subList(0, MOST_LINES));
    }
    if (whole && text.codePoints().map(cost).sum() <= limit) {
      return text;
    }
    return start(text, limit - CUT_NOTICE, cost)
        + " \u2026 (cut; "
        + raw.length()
        + " characters in all)";
  }

  /** The whole of a file's text; lines and files beyond all measure are cut and say so. */
  String file(String raw) {
    String lines =
        raw.lines()
            .map(
                l ->
                    l.length() <= LONGEST_LINE
                        ? l
                        : window(l, LONGEST_LINE) + " \u2026 (cut; " + l.length() + " in all)")
            .collect(Collectors.joining("\n", "", "\n"));
    String some =
        lines.length() <= LONGEST_FILE
            ? lines
            : window(lines, LONGEST_FILE)
                + "\n\u2026 (cut; "
                + raw.length()
                + " characters in all)\n";
    return clean(some, CleanText::lines);
  }

  /** A document in which every name and value went through; what acts in JSON is written by it. */
  String json(String raw) {
    return PRETTY.toJson(clean(JsonParser.parseString(raw))) + "\n";
  }

  private JsonElement clean(JsonElement element) {
    if (element instanceof JsonObject object) {
      JsonObject out = new JsonObject();
      object.entrySet().forEach(e -> out.add(value(e.getKey()), clean(e.getValue())));
      return out;
    }
    if (element instanceof JsonArray array) {
      JsonArray out = new JsonArray();
      array.forEach(e -> out.add(clean(e)));
      return out;
    }
    return element instanceof JsonPrimitive p && p.isString()
        ? new JsonPrimitive(value(p.getAsString()))
        : element;
  }

  private String value(String raw) {
    return fit(raw, false, LONGEST_LINE, Character::charCount);
  }

  private String clean(String raw, boolean oneLine) {
    return clean(
        raw.length() <= WINDOW ? raw : window(raw, WINDOW),
        oneLine ? CleanText::line : CleanText::lines);
  }

  /**
   * Secrets go before and after: an invisible sign may stand inside one, or right before it.
   * Queries only after: one may end with half of a secret's name.
   */
  private String clean(String text, UnaryOperator<String> cleaner) {
    return cleaner.apply(text).equals(text)
        ? masked(text, LogRedaction::mask)
        : masked(cleaner.apply(masked(text, LogRedaction::credentials)), LogRedaction::mask);
  }

  /** Not in the middle of a word, which may be half a secret, where that can be helped. */
  private static String window(String text, int size) {
    int blank = text.lastIndexOf(' ', size);
    int end = Character.isHighSurrogate(text.charAt(size - 1)) ? size - 1 : size;
    return text.substring(0, blank > size / 2 ? blank : end);
  }

  private String masked(String text, UnaryOperator<String> redaction) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, HIDDEN);
    }
    masked = redaction.apply(masked);
    String small = masked.toLowerCase(Locale.ROOT);
    if (any(TOKEN_HINTS, small)) {
      masked = TOKEN.matcher(masked).replaceAll(HIDDEN);
    }
    return any(NAME_HINTS, small) ? NAMED.matcher(masked).replaceAll("$1" + HIDDEN) : masked;
  }

  private static boolean any(List<String> hints, String small) {
    for (String hint : hints) {
      if (small.contains(hint)) {
        return true;
      }
    }
    return false;
  }

  /** As many code points as fit, never half of one. */
  private static String start(String text, int limit, IntUnaryOperator cost) {
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      used += cost.applyAsInt(point);
      if (used > limit) {
        return text.substring(0, i);
      }
      i += Character.charCount(point);
    }
    return text;
  }
}

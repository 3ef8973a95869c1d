package dev.upstream.snapshot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON object that fills a log line, read by hand in one pass: its plain values as text; of
 * objects and lists inside only that they were there is kept.
 *
 * @param values without those that are null
 * @param nested whether a value was an object or a list
 */
public record JsonLine(Map<String, String> values, boolean nested) {
  static final int LONGEST = 16_384;
  private static final int DEEPEST = 64;

  /** Thrown nowhere outside. */
  private static final class NoJson extends Exception {
    private static final long serialVersionUID = 1;
  }

  public JsonLine {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  public static Optional<JsonLine> of(String line) {
    String text = line.strip();
    if (!text.startsWith("{") || !text.endsWith("}") || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Pass(text).line());
    } catch (NoJson e) {
      return Optional.empty();
    }
  }

  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** As a line again, keys in their order, every value in quotes but plain numbers. */
  static String print(Map<String, String> values) {
    StringBuilder out = new StringBuilder("{");
    values.forEach(
        (k, v) -> {
          out.append(out.length() > 1 ? "," : "");
          quote(k, out);
          out.append(':');
          if (v.matches("-?(?:0|[1-9]\\d{0,17})(?:\\.\\d{1,9})?")) {
            out.append(v);
          } else {
            quote(v, out);
          }
        });
    return out.append('}').toString();
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** One reading from left to right. */
  private static final class Pass {
    private final String text;
    private int at;
    private boolean nested;

    Pass(String text) {
      this.text = text;
    }

    JsonLine line() throws NoJson {
      Map<String, String> values = new LinkedHashMap<>();
      expect('{');
      if (!skip('}')) {
        do {
          String key = string();
          expect(':');
          Optional<String> value = value(1);
          value.ifPresent(v -> values.put(key, v));
        } while (skip(','));
        expect('}');
      }
      if (at != text.length()) {
        throw new NoJson();
      }
      return new JsonLine(values, nested);
    }

    private Optional<String> value(int depth) throws NoJson {
      blanks();
      char c = at < text.length() ? text.charAt(at) : '}';
      if (depth > DEEPEST) {
        throw new NoJson();
      }
      return switch (c) {
        case '"' -> Optional.of(string());
        case '{', '[' -> {
          nested = true;
          inside(c == '{', depth);
          yield Optional.empty();
        }
        default -> word();
      };
    }

    private void inside(boolean map, int depth) throws NoJson {
      at++;
      char end = map ? '}' : ']';
      if (skip(end)) {
        return;
      }
      do {
        if (map) {
          string();
          expect(':');
        }
        value(depth + 1);
      } while (skip(','));
      expect(end);
    }

    private Optional<String> word() throws NoJson {
      int from = at;
      while (at < text.length() && "+-.".indexOf(text.charAt(at)) >= 0
          || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      String word = text.substring(from, at);
      if (word.isEmpty()) {
        throw new NoJson();
      }
      return word.equals("null") ? Optional.empty() : Optional.of(word);
    }

    private String string() throws NoJson {
      expect('"');
      StringBuilder out = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        char c = text.charAt(at++);
        out.append(c == '\\' ? escaped() : c);
      }
      if (at >= text.length()) {
        throw new NoJson();
      }
      at++;
      return out.toString();
    }

    private char escaped() throws NoJson {
      char c = at < text.length() ? text.charAt(at++) : ' ';
      return switch (c) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        case 'b' -> '\b';
        case 'f' -> '\f';
        case '"', '\\', '/' -> c;
        case 'u' -> code();
        default -> throw new NoJson();
      };
    }

    private char code() throws NoJson {
      String digits = at + 4 <= text.length() ? text.substring(at, at + 4) : "";
      if (!digits.matches("[0-9a-fA-F]{4}")) {
        throw new NoJson();
      }
      at += 4;
      return (char) Integer.parseInt(digits, 16);
    }

    private void expect(char c) throws NoJson {
      if (!skip(c)) {
        throw new NoJson();
      }
      if (c == '"') {
        return;
      }
      blanks();
    }

    private boolean skip(char c) {
      blanks();
      boolean there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }

    private void blanks() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }
  }
}

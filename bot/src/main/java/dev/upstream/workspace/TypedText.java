package dev.upstream.workspace;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people type, as Slack delivers it: escaped, with links and mentions in brackets. */
final class TypedText {
  private static final Pattern SPECIAL =
      Pattern.compile(
          "(?<url>https?://[^\\s<>|]+)"
              + "|(?<mail>[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)"
              + "|(?<loud>@(?:here|channel|everyone)\\b)"
              + "|(?<name>(?:@[a-z]|(?<![\\w&/])#[a-z0-9])[\\w.-]*)"
              + "|(?<host>(?<![\\w./@-])(?:[a-z0-9-]+\\.)+(?:com|org|net|io|dev|shop|example)"
              + "(?::\\d+)?(?:/[^\\s<>|]*)?(?![\\w.-]))");

  private TypedText() {}

  /**
   * @param names what stands in the brackets for a name with its sign
   */
  static String delivered(String typed, Map<String, String> names) {
    StringBuilder out = new StringBuilder();
    Matcher special = SPECIAL.matcher(typed);
    int end = 0;
    while (special.find()) {
      out.append(escaped(typed.substring(end, special.start())));
      out.append(bracketed(special, names));
      end = special.end();
    }
    return out.append(escaped(typed.substring(end))).toString();
  }

  private static String bracketed(Matcher special, Map<String, String> names) {
    String found = special.group();
    String text = escaped(found);
    if (special.group("url") != null) {
      return "<" + text + ">";
    }
    if (special.group("mail") != null) {
      return "<mailto:" + text + "|" + text + ">";
    }
    if (special.group("host") != null) {
      return "<http://" + text + "|" + text + ">";
    }
    if (special.group("loud") != null) {
      return "<!" + found.substring(1) + ">";
    }
    String named = names.getOrDefault(found, "");
    String shown = named.startsWith("!subteam") ? found : found.substring(1);
    return named.isEmpty() ? text : "<" + named + "|" + shown + ">";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

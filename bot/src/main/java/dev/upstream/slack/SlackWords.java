package dev.upstream.slack;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Slack text as the person typed it: links, mentions and escaped signs taken back. */
final class SlackWords {
  private static final Pattern BRACKETED = Pattern.compile("<([^<>|]*)(?:\\|([^<>]*))?>");

  private SlackWords() {}

  static String typed(String delivered) {
    String plain = BRACKETED.matcher(delivered).replaceAll(m -> quoted(inside(m)));
    return plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceAll("[\u201C\u201D]", "\"")
        .replaceAll("[\u2018\u2019]", "'");
  }

  private static String quoted(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  private static String inside(MatchResult bracketed) {
    String what = bracketed.group(1);
    String label = bracketed.group(2) == null ? "" : bracketed.group(2);
    if (what.startsWith("@") || what.startsWith("#") || what.startsWith("!")) {
      return label.isEmpty() ? what : what.charAt(0) + label;
    }
    boolean linkedBySlack =
        what.equals("mailto:" + label)
            || what.equals("http://" + label)
            || what.equals("http://" + label + "/");
    return linkedBySlack ? label : what;
  }
}

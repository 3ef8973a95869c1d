package dev.upstream.snapshot;

import java.util.List;

/**
 * A message of the kubelet without the command that it quotes: of a probe or hook that runs in the
 * container. Read by hand: a command holds quotes, brackets and whatever else a person wrote.
 */
final class CommandText {
  private static final List<String> LEADS =
      List.of("command \"", "command '", "command timed out: \"", "lifecycle hook ([", "exec: \"");
  private static final String HIDDEN = "(redacted)";

  private CommandText() {}

  static String without(String message) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < message.length()) {
      int start = Integer.MAX_VALUE;
      String lead = "";
      for (String candidate : LEADS) {
        int found = message.indexOf(candidate, at);
        if (found >= 0 && found < start) {
          start = found;
          lead = candidate;
        }
      }
      if (lead.isEmpty()) {
        break;
      }
      int from = start + lead.length();
      int end =
          end(
              message,
              from,
              lead.charAt(lead.length() - 1) == '[' ? "])" : lead.substring(lead.length() - 1));
      out.append(message, at, from).append(HIDDEN);
      at = end;
    }
    return out.append(message, at, message.length()).toString();
  }

  /** Where the closing mark stands that no backslash hides; the end where there is none. */
  private static int end(String text, int from, String mark) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.startsWith(mark, i)) {
        return i;
      }
    }
    return text.length();
  }
}

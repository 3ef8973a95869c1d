package dev.upstream.slack;

import dev.upstream.answer.Question;
import dev.upstream.target.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Understands {@code check <target> [from <client>] [on <cluster>] [in <namespace>]} and {@code
 * policy test <user> read <namespace> [on <cluster>]}.
 */
public final class CommandParser {
  private static final Pattern OPTION =
      Pattern.compile("(?is)^(?:(.*\\S)\\s+)?(from|on|in)\\s+(\\S+)$");
  private static final Pattern DANGLING = Pattern.compile("(?is)^(?:.*\\s)?(from|on|in)$");
  private static final Pattern WRAPPED = Pattern.compile("(?s)^(`{1,3}|\"|')(.+)\\1$");
  private static final List<String> WORDS = List.of("check", "policy", "help");
  static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final String NAME = "[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?";
  static final String CLUSTER = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";
  private static final String USAGE =
      "Say what is broken: /upstream check shop.example.com, /upstream check namespace/service or"
          + " /upstream check and a pasted log line.";

  private CommandParser() {}

  /**
   * @param delivered the command's text as Slack sends it
   */
  public static Command parse(String delivered) {
    String text = SlackWords.typed(delivered).strip();
    String[] parts = text.split("\\s+", 2);
    String rest = parts.length > 1 ? parts[1].strip() : "";
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "check" -> check(rest);
      case "policy" -> PolicyWords.parse(delivered);
      case "", "help", "?" -> new Command.Help();
      default -> new Command.Wrong(unknown(parts[0], rest));
    };
  }

  private static String unknown(String word, String rest) {
    String shown = word.length() > 40 ? word.substring(0, 40) + "..." : word;
    if (rest.isEmpty() && (word.contains(".") || word.contains("/"))) {
      return "Did you mean /upstream check " + shown + "?";
    }
    return Spelling.nearest(shown, WORDS, 2)
        .map(
            w ->
                "Did you mean /upstream "
                    + w
                    + (w.equals("help") ? "" : " " + rest).stripTrailing()
                    + "?")
        .orElse("\"" + shown + "\" is no command of mine. " + USAGE + " /upstream help says more.");
  }

  private static Command check(String text) {
    String rest = text;
    Map<String, String> options = new HashMap<>();
    Matcher dangling = DANGLING.matcher(rest);
    if (dangling.matches()) {
      return new Command.Wrong("\"" + dangling.group(1) + "\" at the end needs a name after it.");
    }
    for (Matcher m = OPTION.matcher(rest); m.matches(); m = OPTION.matcher(rest)) {
      String option = m.group(2).toLowerCase(Locale.ROOT);
      if (options.put(option, m.group(3)) != null) {
        return new Command.Wrong("\"" + option + "\" is given twice; give it once.");
      }
      rest = m.group(1) == null ? "" : m.group(1);
    }
    Matcher wrapped = WRAPPED.matcher(rest);
    String target = wrapped.matches() ? wrapped.group(2).strip() : rest;
    if (target.isEmpty()) {
      return new Command.Wrong(USAGE);
    }
    return wrong(options)
        .<Command>map(Command.Wrong::new)
        .orElseGet(() -> new Command.Check(question(target, options)));
  }

  private static Optional<String> wrong(Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    misfit(options, "from", LABEL + "(?:/" + NAME + ")?")
        .ifPresent(
            v -> problems.add("\"from " + v + "\": name a namespace or namespace/workload."));
    misfit(options, "in", LABEL)
        .ifPresent(v -> problems.add("\"in " + v + "\": that is no namespace's name."));
    misfit(options, "on", CLUSTER + "(?:," + CLUSTER + "){0,19}")
        .ifPresent(v -> problems.add("\"on " + v + "\": name a cluster, or all."));
    return problems.stream().findFirst();
  }

  private static Optional<String> misfit(Map<String, String> options, String option, String form) {
    return Optional.ofNullable(options.get(option))
        .filter(v -> !v.matches(form))
        .map(v -> v.length() > 40 ? v.substring(0, 40) + "..." : v);
  }

  private static Question question(String target, Map<String, String> options) {
    return new Question(
        target,
        Optional.ofNullable(options.get("on")).map(v -> List.of(v.split(","))).orElse(List.of()),
        Optional.ofNullable(options.get("from")),
        Optional.ofNullable(options.get("in")));
  }
}

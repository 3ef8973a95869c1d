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

/** Understands what is typed behind {@code /upstream}, the words of {@link Commands}. */
public final class CommandParser {
  private static final Pattern OPTION =
      Pattern.compile("(?is)^(?:(.*\\S)\\s+)?(from|on|in)\\s+(\\S+)$");
  private static final Pattern DANGLING = Pattern.compile("(?is)^(?:.*\\s)?(from|on|in)$");
  private static final Pattern WRAPPED = Pattern.compile("(?s)^(`{1,3}|\"|')(.+)\\1$");
  private static final Pattern MENTION =
      Pattern.compile("(?s)^\\s*<@[UW][A-Z0-9]{1,30}(?:\\|[^<>]*)?>\\s*(.*)$");
  static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final String NAME = "[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?";

  /** Who calls. */
  static final String CLIENT = LABEL + "(?:/" + NAME + ")?";

  static final String CLIENT_FORM = "name a namespace or namespace/workload.";
  static final String CLUSTER = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";
  private static final String USAGE =
      "Say what is broken: /upstream check shop.example.com, /upstream check namespace/service or"
          + " /upstream check and a pasted log line.";

  private CommandParser() {}

  /**
   * What a person wants.
   *
   * @param delivered the command's text as Slack sends it
   */
  public static Command parse(String delivered) {
    String text = SlackWords.typed(delivered).strip();
    String[] parts = text.split("\\s+", 2);
    String rest = parts.length > 1 ? parts[1].strip() : "";
    if (text.isEmpty()) {
      return new Command.Form();
    }
    Optional<Commands> command = Commands.of(parts[0]);
    if (command.isEmpty()) {
      return new Command.Wrong(unknown(parts[0], rest));
    }
    return switch (command.get()) {
      case CHECK -> check(rest);
      case STATUS -> new Command.Status();
      case POLICY -> PolicyWords.parse(delivered);
      case HELP -> new Command.Help();
    };
  }

  /**
   * The same behind a mention of the bot; what is no command of its own is what to check.
   *
   * @param self the bot's own id, where Slack has said it
   */
  public static Command mentioned(String delivered, Optional<String> self) {
    String rest = self.flatMap(id -> behind(delivered, id)).orElseGet(() -> behindAny(delivered));
    String first = SlackWords.typed(rest).strip().split("\\s+", 2)[0];
    return Commands.of(first).isEmpty() && !rest.isBlank() ? parse("check " + rest) : parse(rest);
  }

  /** Others may be spoken to before it; who says it at the end has said all before. */
  private static Optional<String> behind(String delivered, String id) {
    Matcher mention =
        Pattern.compile("<@" + Pattern.quote(id) + "(?:\\|[^<>]*)?>").matcher(delivered);
    if (!mention.find()) {
      return Optional.empty();
    }
    String before = delivered.substring(0, mention.start()).strip();
    String rest = delivered.substring(mention.end());
    boolean said = rest.isBlank() && Commands.of(before.split("\\s+", 2)[0]).isPresent();
    return Optional.of(said ? before : rest);
  }

  private static String behindAny(String delivered) {
    Matcher mention = MENTION.matcher(delivered);
    return mention.matches() ? mention.group(1) : delivered;
  }

  private static String unknown(String word, String rest) {
    String shown = word.length() > 40 ? word.substring(0, 40) + "..." : word;
    if (rest.isEmpty() && (word.contains(".") || word.contains("/"))) {
      return "Did you mean /upstream check " + shown + "?";
    }
    return Spelling.nearest(shown, Commands.words(), 2)
        .map(w -> "Did you mean /upstream " + w + (rest.isEmpty() ? "" : " " + rest) + "?")
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
    misfit(options, "from", CLIENT)
        .ifPresent(v -> problems.add("\"from " + v + "\": " + CLIENT_FORM));
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

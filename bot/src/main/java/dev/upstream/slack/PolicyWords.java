package dev.upstream.slack;

import dev.upstream.target.Spelling;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands {@code policy test <user> read <namespace> [on <cluster>]}. */
final class PolicyWords {
  private static final Pattern MENTION =
      Pattern.compile("(?:<@([UW][A-Z0-9]{2,20})(?:\\|[^<>]*)?>|([UW][A-Z0-9]{2,20}))");
  private static final String USAGE =
      "Say whom and what: /upstream policy test @somebody read namespace, and on cluster for one"
          + " cluster alone.";

  private PolicyWords() {}

  /**
   * @param delivered the command's text as Slack sends it: only a mention still holds the id
   */
  static Command parse(String delivered) {
    List<String> words = List.of(delivered.strip().split("\\s+"));
    String verb = words.size() > 1 ? words.get(1).toLowerCase(java.util.Locale.ROOT) : "";
    if (!verb.equals("test")) {
      return new Command.Wrong(
          Spelling.nearest(verb, List.of("test"), 2)
              .map(t -> "Did you mean /upstream policy test? " + USAGE)
              .orElse(USAGE));
    }
    boolean narrowed = words.size() == 7 && words.get(5).equalsIgnoreCase("on");
    if (words.size() != 5 && !narrowed || !words.get(3).equalsIgnoreCase("read")) {
      return new Command.Wrong(USAGE);
    }
    Matcher mention = MENTION.matcher(words.get(2));
    if (!mention.matches()) {
      return new Command.Wrong(
          "\""
              + shown(words.get(2))
              + "\" names nobody here: mention the person, or give the member id, such as"
              + " U012AB3CD.");
    }
    String user = mention.group(1) == null ? mention.group(2) : mention.group(1);
    String namespace = words.get(4);
    if (!namespace.matches(CommandParser.LABEL)) {
      return new Command.Wrong("\"" + shown(namespace) + "\" is no namespace's name.");
    }
    String cluster = narrowed ? words.get(6) : "";
    if (narrowed && !cluster.matches(CommandParser.CLUSTER)) {
      return new Command.Wrong("\"" + shown(cluster) + "\" is no cluster's name.");
    }
    return new Command.PolicyTest(user, namespace, narrowed ? List.of(cluster) : List.of());
  }

  private static String shown(String word) {
    String plain = SlackWords.typed(word);
    return plain.length() > 40 ? plain.substring(0, 40) + "..." : plain;
  }
}

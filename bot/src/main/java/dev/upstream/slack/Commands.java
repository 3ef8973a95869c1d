package dev.upstream.slack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code /upstream} can be told: the one list behind the parser and the help. */
enum Commands {
  CHECK(
      "check",
      "check <what is broken> [from <client>] [on <cluster>] [in <namespace>]",
      "finds out why requests fail, and answers in the channel",
      List.of(
          "check https://shop.example.com/cart",
          "check shop.example.com on all",
          "check shop/web from checkout",
          "check web in shop on east")),
  STATUS(
      "status", "status", "shows which clusters I reach, and which rights I lack there", List.of()),
  POLICY(
      "policy",
      "policy test <@person> read <namespace> [on <cluster>]",
      "says whether somebody may see a namespace, and by which rule",
      List.of("policy test @ben read shop on east")),
  HELP("help", "help", "shows this", List.of());

  private final String word;
  private final String form;
  private final String meaning;
  private final String examples;

  Commands(String word, String form, String meaning, List<String> examples) {
    this.word = word;
    this.form = form;
    this.meaning = meaning;
    this.examples = String.join("\n", examples);
  }

  static Optional<Commands> of(String typed) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(c -> c.word.equals(wanted) || (c == HELP && wanted.equals("?")))
        .findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Commands::word).toList();
  }

  String word() {
    return word;
  }

  /** How it is typed, without {@code /upstream}. */
  String form() {
    return form;
  }

  String meaning() {
    return meaning;
  }

  List<String> examples() {
    return examples.lines().toList();
  }
}

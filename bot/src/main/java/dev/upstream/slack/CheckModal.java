package dev.upstream.slack;

import dev.upstream.answer.Question;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks what to check, for people who do not want to type a command. */
public final class CheckModal {
  private static final String TITLE = "Check with Upstream";
  private static final int LONGEST_LINE = 3_000;
  private static final int LONGEST_CLIENT = 320;

  private CheckModal() {}

  /**
   * What stands in the fields.
   *
   * @param service {@code namespace/name} as picked, or a name alone
   * @param target as typed
   */
  public record Entries(
      Optional<String> cluster,
      Optional<String> namespace,
      Optional<String> service,
      String target,
      String client) {
    /** A target and nothing else. */
    public static Entries about(String target) {
      return new Entries(Optional.empty(), Optional.empty(), Optional.empty(), target, "");
    }
  }

  /** What a sent modal means. */
  public sealed interface Outcome {
    record Asked(Question question) implements Outcome {}

    /** By field, a sentence that says what to fill in. */
    record Wrong(Map<Action, String> errors) implements Outcome {}
  }

  /**
   * The form.
   *
   * @param memory where the answer goes; an opaque id
   */
  public static Modal of(Entries entries, String memory) {
    return new Modal(Callback.CHECK, TITLE, Optional.of("Check"), memory, fields(entries));
  }

  /**
   * The same under a sentence.
   *
   * @param why it is asked
   */
  public static Modal of(Entries entries, String memory, String why) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.Section.plain(why));
    blocks.addAll(fields(entries));
    return new Modal(Callback.CHECK, TITLE, Optional.of("Check"), memory, blocks);
  }

  private static List<Block> fields(Entries entries) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Input(
            Action.TARGET,
            "What is broken?",
            "A URL, a host, pod/name, ingress/name, or a pasted line of a log.",
            true,
            new Field.Typed(
                "https://shop.example.com/cart", entries.target(), LONGEST_LINE, true)));
    blocks.add(Block.Context.plain("Or pick a service:"));
    blocks.add(pick(Action.CLUSTER, "Cluster", "The default one", entries.cluster()));
    blocks.add(pick(Action.NAMESPACE, "Namespace", "Any namespace", entries.namespace()));
    blocks.add(pick(Action.SERVICE, "Service", "Type a part of its name", entries.service()));
    blocks.add(
        new Block.Input(
            Action.CLIENT,
            "Who calls it?",
            "A namespace or namespace/workload; empty to let me find out.",
            true,
            new Field.Typed("checkout/api", entries.client(), LONGEST_CLIENT, false)));
    return blocks;
  }

  /** What the person may not see, or anything else that ends the conversation there. */
  public static Modal sorry(String sentence) {
    return new Modal(
        Callback.LOADING, TITLE, Optional.empty(), "", List.of(Block.Section.plain(sentence)));
  }

  private static Block pick(
      Action action, String label, String placeholder, Optional<String> chosen) {
    return new Block.Input(
        action, label, "", true, new Field.Pick(placeholder, chosen.flatMap(Choice::named)));
  }

  /** The question that the fields ask, or what is wrong with them. */
  public static Outcome read(Entries entries) {
    Map<Action, String> errors = new EnumMap<>(Action.class);
    String typed = entries.target().strip();
    String client = entries.client().strip();
    if (typed.isEmpty() && entries.service().isEmpty()) {
      errors.put(Action.TARGET, "Say what is broken here, or pick a service below.");
    } else if (!typed.isEmpty() && entries.service().isPresent()) {
      errors.put(Action.TARGET, "Either say what is broken here or pick a service, not both.");
    } else if (!typed.isEmpty() && TargetParser.parse(typed).isEmpty()) {
      errors.put(
          Action.TARGET,
          TargetParser.trouble(typed)
              .orElse(
                  "I see no URL, host or name in it: try shop.example.com, namespace/service,"
                      + " pod/name, ingress/name or a whole log line."));
    }
    if (errors.isEmpty()) {
      elsewhere(typed.isEmpty() ? entries.service().orElse("") : typed, entries.namespace())
          .ifPresent(e -> errors.put(Action.NAMESPACE, e));
    }
    if (!client.isEmpty() && !client.matches(CommandParser.CLIENT)) {
      errors.put(Action.CLIENT, Wording.sentence(CommandParser.CLIENT_FORM));
    }
    if (!errors.isEmpty()) {
      return new Outcome.Wrong(errors);
    }
    return new Outcome.Asked(
        new Question(
            typed.isEmpty() ? entries.service().orElseThrow() : typed,
            entries.cluster().map(List::of).orElse(List.of()),
            client.isEmpty() ? Optional.empty() : Optional.of(client),
            entries.namespace()));
  }

  /** What names its namespace is in no other one. */
  private static Optional<String> elsewhere(String target, Optional<String> picked) {
    return TargetParser.parse(target)
        .flatMap(Target::inNamespace)
        .filter(n -> picked.isPresent() && !picked.get().equals(n))
        .map(n -> "You named something in namespace " + n + ": pick that one, or none.");
  }
}

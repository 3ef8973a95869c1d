package dev.upstream.conversation;

import dev.upstream.answer.Question;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.time.Instant;
import java.util.Optional;

/**
 * A check that somebody asked for.
 *
 * @param id unguessable, at most 64 characters
 * @param asker who asked first; others may have joined
 * @param attempt how often it was begun, from 1; 0 while it is queued
 * @param found when it was known what to tell, if that had to wait
 * @param kept whether what it saw is stored with it
 */
public record Run(
    String id,
    Asker asker,
    Question question,
    RunState state,
    int attempt,
    Instant asked,
    Optional<Instant> started,
    Optional<Instant> found,
    Optional<Instant> finished,
    boolean kept) {
  /** A check that is about to be asked for. */
  public static Run of(String id, Asker asker, Question question, Instant now) {
    return new Run(
        id,
        asker,
        question,
        RunState.QUEUED,
        0,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** The same, while others go first. */
  public Run waiting() {
    return new Run(
        id, asker, question, RunState.WAITING, attempt, asked, started, found, finished, kept);
  }

  public String joinKey() {
    return joinKey(question);
  }

  /** {@code web} in the namespace shop is {@code shop/web}. */
  private static String within(Target target, Question question) {
    Optional<String> asked = question.namespace();
    return switch (target) {
      case Target.ServiceName t when t.namespace().isEmpty() ->
          String.valueOf(new Target.ServiceName(t.name(), asked, t.port()));
      case Target.PodName t when t.namespace().isEmpty() ->
          String.valueOf(new Target.PodName(t.name(), asked));
      case Target.IngressName t when t.namespace().isEmpty() ->
          String.valueOf(new Target.IngressName(t.name(), asked));
      case Target.Everything t when t.namespace().isEmpty() ->
          String.valueOf(new Target.Everything(asked));
      case Target t -> String.valueOf(t);
    };
  }

  /**
   * The same for questions that one check answers (RULES.md R20): clusters, target, client and
   * namespace. A digest, since a pasted line may be long.
   */
  public static String joinKey(Question question) {
    Optional<Target> parsed = TargetParser.parse(question.target());
    String target = parsed.map(t -> within(t, question)).orElse(question.target());
    String all =
        String.join(
            "\n",
            String.join(",", question.clusters().stream().distinct().sorted().toList()),
            target,
            question.client().orElse(""),
            question.namespace().or(() -> parsed.flatMap(Target::inNamespace)).orElse(""));
    return Digest.of(all);
  }
}

package dev.upstream.answer;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.policy.Decision;
import dev.upstream.policy.LeftOut;
import dev.upstream.policy.LogLines;
import dev.upstream.policy.Reader;
import dev.upstream.policy.Redaction;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one person may ask and see. In a channel the right of the one who asked decides what is
 * posted, and all its members read that.
 */
public final class Clearance {
  private final Reader reader;

  public Clearance(Reader reader) {
    this.reader = reader;
  }

  /**
   * An answer as the person sees it.
   *
   * @param leftOut a sentence that says how much is not shown
   */
  public record View(Reply reply, Optional<String> leftOut) {}

  /** Why a question may not be asked, as far as its own words tell. */
  public Optional<Reply.Refused> refusal(Question question, Collector collector) {
    Optional<Decision.Denied> shutOut = reader.shutOut();
    if (shutOut.isPresent()) {
      return shutOut.map(d -> new Reply.Refused(d.reason()));
    }
    ReadableClusters readable = new ReadableClusters(collector, reader);
    if (readable.clusters().isEmpty()) {
      return Optional.of(new Reply.Refused("There is no cluster that you may read."));
    }
    return unknownCluster(question, readable)
        .or(
            () ->
                Stream.of(
                        TargetParser.parse(question.target()).flatMap(Target::inNamespace),
                        question.client().map(c -> c.replaceAll("/.*", "")),
                        question.namespace())
                    .flatMap(Optional::stream)
                    .flatMap(n -> closed(n, question, readable).stream())
                    .findFirst());
  }

  /**
   * The question as it may be put: where the person may not read every cluster, those that are
   * asked are named.
   */
  public Question narrowed(Question question, Collector collector) {
    ReadableClusters readable = new ReadableClusters(collector, reader);
    List<String> may = readable.clusters();
    if (may.equals(collector.clusters())) {
      return question;
    }
    if (question.clusters().contains("all")) {
      return question.on(may);
    }
    return question.clusters().isEmpty()
        ? question.on(readable.defaultCluster().map(List::of).orElse(may))
        : question;
  }

  private static Optional<Reply.Refused> unknownCluster(Question question, Collector readable) {
    List<String> known = readable.clusters();
    return question.clusters().stream()
        .filter(c -> !c.equals("all") && !known.contains(c))
        .findFirst()
        .map(
            c ->
                new Reply.Refused(
                    "There is no cluster \""
                        + c
                        + "\" that you may read; there is "
                        + (known.isEmpty() ? "none" : String.join(", ", known))
                        + "."));
  }

  /** A namespace that may be read in none of the clusters that are asked. */
  private Optional<Reply.Refused> closed(String namespace, Question question, Collector readable) {
    boolean named = !question.clusters().isEmpty() && !question.clusters().contains("all");
    List<String> asked = named ? question.clusters() : readable.clusters();
    return asked.stream().anyMatch(c -> reader.may(c, namespace))
        ? Optional.empty()
        : Optional.of(
            new Reply.Refused(
                "No rule of policy.yml gives you the right to read namespace "
                    + namespace
                    + (asked.isEmpty() ? "." : " in cluster " + String.join(", ", asked) + ".")));
  }

  /** What the person may see of an answer. */
  public View view(Reply reply) {
    return switch (reply) {
      case Reply.Answered a -> view(a);
      case Reply.Refused r -> new View(view(r), Optional.empty());
    };
  }

  private View view(Reply.Answered answered) {
    List<Diagnosis> shown = new ArrayList<>();
    LeftOut leftOut = LeftOut.NOTHING;
    for (Diagnosis d : answered.diagnoses()) {
      switch (Redaction.of(d, reader)) {
        case Redaction.View.Shown s -> {
          shown.add(s.diagnosis());
          leftOut = leftOut.and(s.leftOut());
        }
        case Redaction.View.Refused r -> leftOut = leftOut.and(LeftOut.ANSWER);
      }
    }
    return shown.isEmpty()
        ? new View(
            new Reply.Refused(
                answered.worst().target()
                    + " leads to namespaces that you may not read: no rule of policy.yml gives you"
                    + " the right."),
            Optional.empty())
        : new View(new Reply.Answered(shown), leftOut.sentence());
  }

  private Reply.Refused view(Reply.Refused refused) {
    return new Reply.Refused(
        refused.words(),
        refused.before(),
        refused.names().stream()
            .filter(
                n ->
                    n.place()
                        .map(p -> reader.may(p.cluster(), p.namespace()))
                        .orElseGet(() -> reader.may(n.cluster(), "")))
            .toList());
  }

  /** The same answer for a channel that is shared with other workspaces. */
  public static Reply withoutLogLines(Reply reply) {
    return switch (reply) {
      case Reply.Answered a ->
          new Reply.Answered(a.diagnoses().stream().map(LogLines::leftOut).toList());
      case Reply.Refused r -> r;
    };
  }
}

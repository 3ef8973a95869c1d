package dev.upstream.answer;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.policy.Decision;
import dev.upstream.policy.LeftOut;
import dev.upstream.policy.LogLines;
import dev.upstream.policy.Place;
import dev.upstream.policy.Reader;
import dev.upstream.policy.Redaction;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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

  /**
   * What the person may see of an answer. Whether something lies where the person may not read
   * makes no difference to it.
   *
   * @param seen by the clusters that the question was put to
   */
  public View view(
      Question question, Reply reply, Collector collector, SortedMap<String, Snapshot> seen) {
    boolean everything = readsEverythingNamed(question, collector);
    return switch (reply) {
      case Reply.Answered a -> view(question, a, everything, collector, seen);
      case Reply.Refused r ->
          everything || r.why() == Reply.Refused.Why.QUESTION
              ? new View(readable(r), Optional.empty())
              : unseen(question, r, collector, seen);
    };
  }

  /** Whether the person may read wherever the target could lie. */
  private boolean readsEverythingNamed(Question question, Collector collector) {
    Optional<Target> target = TargetParser.parse(question.target());
    boolean name =
        target
            .filter(
                t ->
                    t instanceof Target.ServiceName
                        || t instanceof Target.PodName
                        || t instanceof Target.IngressName)
            .isPresent();
    String namespace =
        target
            .flatMap(Target::inNamespace)
            .or(() -> question.namespace().filter(n -> name))
            .orElse("");
    boolean named = !question.clusters().isEmpty() && !question.clusters().contains("all");
    List<String> asked = named ? question.clusters() : collector.clusters();
    return asked.stream().allMatch(c -> reader.may(c, namespace));
  }

  /** A refusal of somebody to whom the whole reason would tell what lies where. */
  private View unseen(
      Question question,
      Reply.Refused refused,
      Collector collector,
      SortedMap<String, Snapshot> seen) {
    Reply.Refused readable = readable(refused);
    if (readable.why() == Reply.Refused.Why.SEVERAL && readable.names().size() > 1) {
      return new View(readable, Optional.empty());
    }
    return only(question, readable, collector, seen)
        .map(a -> view(question, a, false, collector, seen))
        .orElseGet(() -> nothing(question));
  }

  /** The answer about the only one of several that may be read. */
  private static Optional<Reply.Answered> only(
      Question question,
      Reply.Refused readable,
      Collector collector,
      SortedMap<String, Snapshot> seen) {
    return Optional.of(readable)
        .filter(r -> r.why() == Reply.Refused.Why.SEVERAL)
        .flatMap(r -> r.names().stream().findFirst())
        .flatMap(Reply.Named::place)
        .map(Place::namespace)
        .map(n -> new Answering(collector).again(question.in(n), seen))
        .flatMap(r -> r instanceof Reply.Answered a ? Optional.of(a) : Optional.empty());
  }

  private View view(
      Question question,
      Reply.Answered answered,
      boolean everything,
      Collector collector,
      SortedMap<String, Snapshot> seen) {
    List<Diagnosis> all = new ArrayList<>(answered.diagnoses());
    List<Reply.Other> others = new ArrayList<>();
    for (Reply.Other other : answered.others()) {
      Question there = question.on(List.of(other.cluster()));
      Reply.Refused readable = readable(other.why());
      boolean several = readable.why() == Reply.Refused.Why.SEVERAL && readable.names().size() > 1;
      if (several || readsEverythingNamed(there, collector)) {
        others.add(new Reply.Other(other.cluster(), readable));
      } else {
        SortedMap<String, Snapshot> one =
            seen.subMap(other.cluster(), other.cluster() + Character.MIN_VALUE);
        only(there, readable, collector, one).ifPresent(a -> all.addAll(a.diagnoses()));
      }
    }
    List<Diagnosis> shown = new ArrayList<>();
    LeftOut leftOut = LeftOut.NOTHING;
    for (Diagnosis d : all) {
      boolean may = everything || Redaction.lies(d);
      if (may && Redaction.of(d, reader) instanceof Redaction.View.Shown s) {
        shown.add(s.diagnosis());
        leftOut = leftOut.and(s.leftOut());
      }
    }
    return shown.isEmpty()
        ? others.stream()
            .map(Reply.Other::why)
            .filter(r -> r.why() == Reply.Refused.Why.SEVERAL)
            .findFirst()
            .map(r -> new View(r, Optional.empty()))
            .orElseGet(() -> nothing(question))
        : new View(new Reply.Answered(shown).beside(others), leftOut.sentence());
  }

  /** The same words whether there is no such thing or one that the person may not read. */
  private static View nothing(Question question) {
    String target =
        TargetParser.parse(question.target()).map(Target::shown).orElse(question.target());
    return new View(
        new Reply.Refused(
            "Nothing that you may read is named \""
                + target
                + "\". Is the name right? No rule of policy.yml lets you read everything where it"
                + " could lie."),
        Optional.empty());
  }

  private Reply.Refused readable(Reply.Refused refused) {
    return new Reply.Refused(
        refused.words(),
        refused.before(),
        refused.names().stream()
            .filter(
                n ->
                    n.place()
                        .map(p -> reader.may(p.cluster(), p.namespace()))
                        .orElseGet(() -> reader.may(n.cluster(), "")))
            .toList(),
        refused.why());
  }

  /** The same answer for a channel that is shared with other workspaces. */
  public static Reply withoutLogLines(Reply reply) {
    return switch (reply) {
      case Reply.Answered a ->
          new Reply.Answered(a.diagnoses().stream().map(LogLines::leftOut).toList())
              .beside(a.others());
      case Reply.Refused r -> r;
    };
  }
}

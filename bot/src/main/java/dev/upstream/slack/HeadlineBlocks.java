package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Edit;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one message in the channel, in each of its states. */
public final class HeadlineBlocks {
  private static final int MOST_CHANGES = 3;
  private static final int MOST_OTHERS = 20;
  private static final Duration OLD = Duration.ofMinutes(10);

  private HeadlineBlocks() {}

  /** Before anything is known. */
  public static Message looking(String target, String asker) {
    String words = "Looking at " + target + " ...";
    return new Message(
        words, List.of(Block.Section.plain("\u23F3 " + words), Block.Context.plain(asked(asker))));
  }

  /**
   * Share and effect, the cause, where, since when and what was changed.
   *
   * @param now the time on the wall; what was seen long before it is a recording
   */
  public static Message answered(Reply.Answered answered, String asker, ZoneId zone, Instant now) {
    Diagnosis d = answered.worst();
    Times times = new Times(zone, d.at());
    Sentence sentence = Sentence.of(d);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Header(Wording.icon(d.verdict()) + " " + sentence.effect()));
    blocks.add(Block.Section.plain(sentence.cause()));
    List<Span> facts = facts(d, times);
    if (!facts.isEmpty()) {
      blocks.add(new Block.Section(new Text.Rich(facts)));
    }
    others(answered).ifPresent(blocks::add);
    blocks.add(Block.Context.plain(circumstances(answered, asker, times, now)));
    return new Message(sentence.effect() + ": " + sentence.cause(), blocks);
  }

  /** The check itself broke. */
  public static Message broken(String target, String asker, String errorId) {
    String words =
        "Upstream itself broke while it looked at "
            + target
            + ", so nothing is known. Ask again; if it stays so, error "
            + errorId
            + " in the bot's log says why.";
    return new Message(
        words,
        List.of(Block.Section.plain("\u26A0\uFE0F " + words), Block.Context.plain(asked(asker))));
  }

  private static String asked(String asker) {
    return "Asked by " + asker;
  }

  /** The headline's two halves: what happens to requests, and why. */
  private record Sentence(String effect, String cause) {
    private static final String NOT_FOUND = ". The cause was not found";

    static Sentence of(Diagnosis d) {
      Optional<String> cause =
          d.findings().stream()
              .filter(f -> f.role() == Role.ROOT_CAUSE || f.role() == Role.CONTRIBUTING)
              .map(Finding::summary)
              .findFirst();
      boolean failing = d.verdict() == Verdict.BROKEN || d.verdict() == Verdict.DEGRADED;
      if (failing && cause.isPresent() && endsWith(d.summary(), ": " + cause.get())) {
        int end = d.summary().length() - cause.get().length() - 2;
        return new Sentence(d.summary().substring(0, end), cause.get());
      }
      int notFound = d.summary().indexOf(NOT_FOUND);
      return failing && notFound > 0
          ? new Sentence(d.summary().substring(0, notFound), d.summary().substring(notFound + 2))
          : new Sentence(d.target() + " " + Wording.verdict(d.verdict()), d.summary());
    }

    private static boolean endsWith(String text, String end) {
      return text.length() > end.length()
          && text.regionMatches(true, text.length() - end.length(), end, 0, end.length());
    }
  }

  private static List<Span> facts(Diagnosis d, Times times) {
    List<Span> spans = new ArrayList<>();
    where(d, spans);
    d.since().ifPresent(s -> line(spans, "Since", new Span.Words(times.since(s))));
    List<Edit> changes = d.changes().stream().limit(MOST_CHANGES).toList();
    for (Edit edit : changes) {
      line(
          spans,
          edit.equals(changes.getFirst()) ? "Changed" : "Before that",
          new Span.Words(times.since(edit.at()) + ": "),
          new Span.Code(edit.fieldPath()),
          new Span.Words(" of "));
      spans.addAll(Wording.object(edit.subject()));
      spans.add(new Span.Words(" by "));
      spans.add(new Span.Code(edit.manager()));
    }
    int more = d.changes().size() - changes.size();
    if (more > 0) {
      spans.add(new Span.Words(" and " + Wording.count(more, "older change")));
    }
    if (changes.isEmpty() && d.since().isPresent()) {
      line(spans, "Changed", new Span.Words("no edit was seen on the path in the hour before"));
    }
    return spans;
  }

  private static void where(Diagnosis d, List<Span> spans) {
    Optional<Finding> first = d.findings().stream().findFirst();
    Optional<Diagnosis.HopState> hop =
        d.hops().stream().filter(h -> h.state() == Diagnosis.State.FAILING).findFirst();
    if (first.isPresent()) {
      Finding f = first.get();
      line(spans, "Where");
      spans.addAll(Wording.object(f.subject()));
      cluster(spans, f.cluster());
    } else if (hop.isPresent()) {
      line(spans, "Where");
      spans.addAll(Wording.object(hop.get().hop().ref()));
      cluster(spans, hop.get().hop().cluster());
    }
  }

  private static void cluster(List<Span> spans, String cluster) {
    spans.add(new Span.Words(" in cluster "));
    spans.add(new Span.Code(cluster));
  }

  private static void line(List<Span> spans, String label, Span... rest) {
    spans.add(spans.isEmpty() ? new Span.Strong(label) : new Span.Words("\n"));
    if (spans.size() > 1) {
      spans.add(new Span.Strong(label));
    }
    spans.add(new Span.Words("  "));
    spans.addAll(List.of(rest));
  }

  private static Optional<Block> others(Reply.Answered answered) {
    List<String> lines = new ArrayList<>();
    List<Diagnosis> rest = answered.diagnoses().subList(1, answered.diagnoses().size());
    for (Diagnosis d : rest.subList(0, Math.min(MOST_OTHERS, rest.size()))) {
      lines.add(
          Wording.icon(d.verdict())
              + " "
              + Wording.cluster(d).map(c -> "Cluster " + c).orElse("Elsewhere")
              + ": "
              + d.summary());
    }
    if (rest.size() > MOST_OTHERS) {
      lines.add("and " + (rest.size() - MOST_OTHERS) + " more clusters, none worse than these");
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(Block.Section.plain(String.join("\n", lines)));
  }

  private static String circumstances(
      Reply.Answered answered, String asker, Times times, Instant now) {
    Diagnosis d = answered.worst();
    long unseen =
        answered.diagnoses().stream().flatMap(x -> x.notChecked().stream()).distinct().count();
    boolean more = unseen > 0 || !d.findings().isEmpty() || !d.hops().isEmpty();
    return when(d, times, now)
        + Wording.client(d.client())
        + ". "
        + (unseen > 0 ? Wording.count((int) unseen, "thing") + " could not be checked. " : "")
        + (more ? "More in the thread. " : "")
        + asked(asker)
        + ".";
  }

  private static String when(Diagnosis d, Times times, Instant now) {
    if (d.at().equals(Instant.EPOCH)) {
      return "From manifests alone, ";
    }
    boolean recorded = Duration.between(d.at(), now).abs().compareTo(OLD) > 0;
    return recorded
        ? "Recorded at " + times.day(d.at()) + ", from which \"ago\" counts; "
        : "Seen at " + times.clock(d.at()) + ", ";
  }
}

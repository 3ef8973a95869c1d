package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Percent;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.snapshot.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one message in the channel, once there is an answer. */
public final class HeadlineBlocks {
  private static final Duration OLD = Duration.ofMinutes(10);
  private static final int MOST_OBJECTS = 3;

  private HeadlineBlocks() {}

  /** Share and effect, the cause, where, since when and what was changed. */
  public static Message answered(Reply.Answered answered, Telling telling) {
    return message(answered, telling, Optional.empty());
  }

  /** The same, and first what became of the last answer. */
  public static Message rechecked(Reply.Answered answered, Before before, Telling telling) {
    return message(answered, telling, Optional.of(before));
  }

  /**
   * Small: somebody knows of it.
   *
   * @param mutes at least one
   */
  public static Message muted(Reply.Answered answered, List<MuteNote> mutes, Telling telling) {
    Diagnosis d = answered.worst();
    Times times = new Times(telling.zone(), telling.now());
    String effect = effect(answered);
    String cause = Sentence.of(d).cause();
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.Section.rich(new Span.Strong("Muted"), new Span.Words("  " + effect)));
    blocks.add(Block.Section.plain(cause));
    Alarm.of(d).first().map(HeadlineBlocks::where).ifPresent(blocks::add);
    ClusterRows.of(answered).ifPresent(blocks::add);
    String why = mutes.stream().map(m -> m.words(times)).collect(Collectors.joining(" "));
    blocks.add(Block.Context.plain(why + " Seen at " + times.clock(d.at()) + "."));
    blocks.add(
        Block.Actions.of(
            Button.unmute(muted(answered, telling).orElse(telling.check())),
            Button.recheck(telling.check())));
    String by = mutes.stream().map(MuteNote::by).distinct().collect(Collectors.joining(", "));
    return new Message("Muted by " + by + ": " + effect + ". " + cause, blocks);
  }

  private static Block where(SameCause same) {
    List<ObjectRef> objects =
        same.findings().stream().map(Finding::subject).distinct().limit(MOST_OBJECTS).toList();
    int more = same.findings().size() - objects.size();
    List<Span> spans = new ArrayList<>();
    for (ObjectRef object : objects) {
      spans.add(spans.isEmpty() ? new Span.Strong("Where") : new Span.Words(","));
      spans.add(new Span.Words(spans.size() == 1 ? "  " : " "));
      spans.addAll(Wording.object(object));
    }
    spans.add(new Span.Words((more > 0 ? " and " + more + " more" : "") + " in cluster "));
    spans.add(new Span.Code(same.first().cluster()));
    return Block.Section.rich(spans);
  }

  private static Message message(
      Reply.Answered answered, Telling telling, Optional<Before> before) {
    Diagnosis d = answered.worst();
    Grade grade = Grade.of(d);
    Times times = new Times(telling.zone(), d.at());
    Optional<Comparison> compared = before.map(b -> Comparison.of(b, d, times));
    String effect = compared.map(c -> c.lead(effect(answered))).orElseGet(() -> effect(answered));
    String cause = times.told(Sentence.of(d).cause());
    List<Block> blocks = new ArrayList<>();
    String title = grade.sign() + " " + effect;
    blocks.add(grade.loud() ? new Block.Header(title) : Block.Section.rich(new Span.Strong(title)));
    blocks.add(Block.Section.plain(cause));
    List<Span> facts = new HeadlineFacts(d, times).spans();
    compared.ifPresent(c -> c.write(facts));
    if (!facts.isEmpty()) {
      blocks.add(Block.Section.rich(facts));
    }
    ClusterRows.of(answered).ifPresent(blocks::add);
    boolean quiet = before.isPresent() && Sentence.cause(d).isEmpty();
    blocks.add(Block.Context.plain(circumstances(answered, telling, times, quiet)));
    blocks.add(new Block.Actions(buttons(answered, telling)));
    return new Message(title + ". " + cause, blocks);
  }

  /** What happens to requests, and where the worst of it is. */
  static String effect(Reply.Answered answered) {
    return Sentence.of(answered.worst()).effect() + ClusterRows.where(answered);
  }

  private static List<Button> buttons(Reply.Answered answered, Telling telling) {
    Handle check = telling.check();
    Optional<Handle> cause = handle(answered, telling);
    List<Button> buttons = new ArrayList<>();
    buttons.add(
        Button.of(Action.EVIDENCE, check, "Show evidence", "Show every proof and its command"));
    cause.map(Button::explain).ifPresent(buttons::add);
    buttons.add(Button.recheck(check));
    muted(answered, telling).map(Button::mute).ifPresent(buttons::add);
    buttons.add(Button.of(Action.JSON, check, "JSON", "Get the answer as a JSON file"));
    return buttons;
  }

  /** The finding that the headline is about. */
  private static Optional<Handle> handle(Reply.Answered answered, Telling telling) {
    List<Finding> findings = answered.worst().findings();
    return findings.stream()
        .filter(f -> f.role() != Role.ADVISORY)
        .findFirst()
        .map(f -> telling.check().finding(f));
  }

  /** What a mute of the headline mutes; empty where that would change nothing. */
  private static Optional<Handle> muted(Reply.Answered answered, Telling telling) {
    return Alarm.of(answered.worst()).first().map(s -> telling.check().finding(s.first()));
  }

  /**
   * @param quiet whether the thread gets nothing new
   */
  private static String circumstances(
      Reply.Answered answered, Telling telling, Times times, boolean quiet) {
    Diagnosis d = answered.worst();
    long unseen =
        answered.diagnoses().stream().flatMap(x -> x.notChecked().stream()).distinct().count();
    boolean more = unseen > 0 || !d.findings().isEmpty();
    String where = quiet ? "More in Show evidence. " : "More in the thread. ";
    return when(d, times, telling.now())
        + Wording.client(d.client())
        + ". "
        + telling.notShown().map(s -> s + " ").orElse("")
        + (unseen > 0 ? Wording.count((int) unseen, "thing") + " could not be checked. " : "")
        + (more ? where : "")
        + "Asked by "
        + telling.asker()
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

  /** What changed since the last answer, with both times. */
  private record Comparison(Before.Change change, Before before, Times times) {
    static Comparison of(Before before, Diagnosis now, Times times) {
      return new Comparison(before.to(now), before, times);
    }

    String lead(String effect) {
      return switch (change) {
        case FIXED -> "Fixed: " + effect;
        case STILL_WORKS -> "As before: " + effect;
        case BROKE -> "Fails now: " + effect;
        case WORSE -> "Worse: " + effect + was();
        case BETTER -> "Better, not fixed: " + effect + was();
        case SAME -> "Still: " + effect;
        case OTHER_CAUSE -> "Still, but by another cause: " + effect;
        case NOW_KNOWN -> "Now known: " + effect;
        case NOT_KNOWN -> "No longer known: " + effect;
      };
    }

    private String was() {
      return before.share().map(s -> " (" + Percent.of(s) + " before)").orElse("");
    }

    void write(List<Span> facts) {
      String thread = change == Before.Change.FIXED ? "; the thread tells of that" : "";
      HeadlineFacts.line(
          facts,
          "Last answer",
          new Span.Words(times.since(before.at()) + ": " + before.words() + thread));
    }
  }
}

package dev.upstream.slack;

import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Percent;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.snapshot.ObjectRef;
import java.util.ArrayList;
import java.util.List;

/** One finding: what, where, and the proof with the command that shows it again. */
public final class FindingBlocks {
  private static final int MOST_PROOFS = 5;
  private static final int MOST_OTHERS = 10;

  private FindingBlocks() {}

  /**
   * @param title what it is of the answer
   * @param same one finding, perhaps on several objects
   * @param number its place in the order, from 1
   */
  static Message of(String title, SameCause same, int number, int all, Times times, Handle check) {
    Finding finding = same.first();
    String measure =
        (all > 1 ? " (" + number + " of " + all + ")" : "")
            + finding
                .share()
                .filter(s -> s > 0)
                .map(s -> ", " + Percent.of(s) + " of requests")
                .orElse("");
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.Section.rich(new Span.Strong(title), new Span.Words(measure)));
    blocks.add(Block.Section.plain(times.told(finding.summary())));
    blocks.add(Block.Section.rich(where(same, times)));
    List<Evidence> proofs = finding.evidence();
    for (Evidence proof : proofs.subList(0, Math.min(MOST_PROOFS, proofs.size()))) {
      blocks.add(
          Block.Section.plain(
              "Proof (" + Wording.source(proof.source()) + "): " + times.told(proof.text())));
      if (!proof.command().isBlank()) {
        blocks.add(Block.Section.rich(new Span.Preformatted(proof.command())));
      }
    }
    blocks.add(Block.Context.plain(smallPrint(same, proofs.size() - MOST_PROOFS)));
    blocks.add(new Block.Actions(buttons(finding, check.finding(finding))));
    return new Message(title + ": " + finding.summary(), blocks);
  }

  /** The same once somebody muted it. */
  public static Message muted(SameCause same, MuteNote mute, Times times, Handle check) {
    Finding finding = same.first();
    String title = Wording.role(finding.role());
    return new Message(
        "Muted: " + same.headline(),
        List.of(
            Block.Section.rich(
                new Span.Strong(title + ", muted"), new Span.Words("  " + same.headline())),
            Block.Context.plain(mute.words(times)),
            Block.Actions.of(Button.unmute(check.finding(finding)))));
  }

  /** What is seen is muted by muting its cause. */
  private static List<Button> buttons(Finding finding, Handle handle) {
    return finding.role() == Role.SYMPTOM
        ? List.of(Button.explain(handle))
        : List.of(Button.explain(handle), Button.mute(handle));
  }

  private static List<Span> where(SameCause same, Times times) {
    Finding finding = same.first();
    List<Span> spans = new ArrayList<>();
    spans.add(new Span.Strong("Where"));
    spans.add(new Span.Words("  "));
    if (Wording.everywhere(finding.subject())) {
      spans.add(new Span.Words("all over cluster "));
    } else {
      spans.addAll(Wording.object(finding.subject()));
      if (!finding.fieldPath().isEmpty()) {
        spans.add(new Span.Words(", field "));
        spans.add(new Span.Code(finding.fieldPath()));
      }
      spans.add(new Span.Words(", in cluster "));
    }
    spans.add(new Span.Code(finding.cluster()));
    if (same.findings().size() > 1) {
      HeadlineFacts.line(
          spans,
          "The same on",
          new Span.Words(
              Wording.some(
                  same.findings().stream()
                      .skip(1)
                      .map(Finding::subject)
                      .map(ObjectRef::words)
                      .toList(),
                  MOST_OTHERS)));
    }
    finding
        .since()
        .ifPresent(s -> HeadlineFacts.line(spans, "Since", new Span.Words(times.since(s))));
    return spans;
  }

  private static String smallPrint(SameCause same, int more) {
    Finding finding = same.first();
    boolean several = same.findings().size() > 1;
    return (several ? "The proof shown is of the first one; Show evidence has all. " : "")
        + (more > 0 ? Wording.count(more, "more proof") + " in Show evidence. " : "")
        + Wording.confidence(same.confidence())
        + ". Known as "
        + finding.id();
  }
}

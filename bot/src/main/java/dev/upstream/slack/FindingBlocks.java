package dev.upstream.slack;

import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import java.util.ArrayList;
import java.util.List;

/** One finding: what, where, and the proof with the command that shows it again. */
public final class FindingBlocks {
  private static final int MOST_PROOFS = 6;

  private FindingBlocks() {}

  /**
   * @param number its place in the order, from 1
   */
  public static Message of(Finding finding, int number, int all, Times times) {
    String title = Wording.role(finding.role());
    String measure =
        (all > 1 ? " (" + number + " of " + all + ")" : "")
            + finding
                .share()
                .filter(s -> s > 0)
                .map(s -> ", " + Wording.percent(s) + " of requests")
                .orElse("");
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.Section.rich(new Span.Strong(title), new Span.Words(measure)));
    blocks.add(Block.Section.plain(finding.summary()));
    blocks.add(new Block.Section(new Text.Rich(where(finding, times))));
    List<Evidence> proofs = finding.evidence();
    for (Evidence proof : proofs.subList(0, Math.min(MOST_PROOFS, proofs.size()))) {
      blocks.add(
          Block.Section.plain("Proof (" + Wording.source(proof.source()) + "): " + proof.text()));
      if (!proof.command().isBlank()) {
        blocks.add(Block.Section.rich(new Span.Preformatted(proof.command())));
      }
    }
    blocks.add(Block.Context.plain(smallPrint(finding, proofs.size() - MOST_PROOFS)));
    return new Message(title + ": " + finding.summary(), blocks);
  }

  private static List<Span> where(Finding finding, Times times) {
    List<Span> spans = new ArrayList<>();
    spans.add(new Span.Strong("Where"));
    spans.add(new Span.Words("  "));
    spans.addAll(Wording.object(finding.subject()));
    if (!finding.fieldPath().isEmpty()) {
      spans.add(new Span.Words(", field "));
      spans.add(new Span.Code(finding.fieldPath()));
    }
    spans.add(new Span.Words(", in cluster "));
    spans.add(new Span.Code(finding.cluster()));
    finding
        .since()
        .ifPresent(
            s -> {
              spans.add(new Span.Words("\n"));
              spans.add(new Span.Strong("Since"));
              spans.add(new Span.Words("  " + times.since(s)));
            });
    return spans;
  }

  private static String smallPrint(Finding finding, int more) {
    return (more > 0 ? Wording.count(more, "more proof") + " not shown. " : "")
        + Wording.confidence(finding.confidence())
        + ". Known as "
        + finding.id();
  }
}

package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Percent;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.snapshot.Gap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The thread under a headline: the path of the request where something is wrong on it, a message
 * for each finding, what else was looked for and what could not be checked, and how useful it was.
 */
public final class ThreadBlocks {
  private static final int MOST_FINDINGS = 8;

  private ThreadBlocks() {}

  /** The messages in their order. */
  public static List<Message> of(Reply.Answered answered, Telling telling) {
    return of(answered, telling, Mutes.NONE);
  }

  /** The same; what is muted is told small. */
  static List<Message> of(Reply.Answered answered, Telling telling, Mutes mutes) {
    Diagnosis worst = answered.worst();
    List<Message> messages = new ArrayList<>();
    if (worst.hops().size() > 1 && worst.verdict().compareTo(Verdict.UNKNOWN) <= 0) {
      messages.add(PathBlocks.of(worst));
    }
    messages.addAll(findings(answered, telling, mutes).values());
    List<SameCause> findings = SameCause.of(findings(answered));
    if (findings.size() > MOST_FINDINGS) {
      messages.add(rest(findings.subList(MOST_FINDINGS, findings.size())));
    }
    List<Gap> gaps =
        answered.diagnoses().stream().flatMap(d -> d.notChecked().stream()).distinct().toList();
    if (!gaps.isEmpty() || !worst.ruledOut().isEmpty()) {
      messages.add(LookedBlocks.of(worst, gaps));
    }
    messages.add(FeedbackBlocks.asking(telling.check()));
    return messages;
  }

  /**
   * The words between an earlier story and what is known now.
   *
   * @param followed whether the findings of now are told below it
   */
  public static Message again(
      Reply.Answered answered, Before before, boolean followed, Telling telling) {
    Times times = new Times(telling.zone(), telling.now());
    String title = "Looked again at " + times.minute(answered.worst().at());
    String was = before.share().map(s -> " (" + Percent.of(s) + " before)").orElse("");
    String effect = HeadlineBlocks.effect(answered) + was + ".";
    boolean same = Before.of(answered).cause().equals(before.cause());
    String rest =
        followed
            ? " What follows is how it was then; what stands above is older."
            : (same ? " The cause is the same; what" : " What")
                + " stands above tells how it was before.";
    return new Message(
        title + ": " + effect,
        List.of(Block.Section.rich(new Span.Strong(title), new Span.Words(": " + effect + rest))));
  }

  /** The messages of the findings, by what the buttons of each carry. */
  static SequencedMap<Handle, Message> findings(
      Reply.Answered answered, Telling telling, Mutes mutes) {
    Times times = new Times(telling.zone(), answered.worst().at());
    List<SameCause> findings = SameCause.of(findings(answered));
    SequencedMap<Handle, Message> told = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(MOST_FINDINGS, findings.size()); i++) {
      SameCause same = findings.get(i);
      int number = i + 1;
      String title = title(answered, same);
      told.put(
          telling.check().finding(same.first()),
          mutes
              .of(same)
              .map(m -> FindingBlocks.muted(same, m, times, telling.check()))
              .orElseGet(
                  () ->
                      FindingBlocks.of(
                          title, same, number, findings.size(), times, telling.check())));
    }
    return told;
  }

  /** Each finding once, those of the worst diagnosis first. */
  private static List<Finding> findings(Reply.Answered answered) {
    Map<String, Finding> byKey = new LinkedHashMap<>();
    answered.diagnoses().stream()
        .flatMap(d -> d.findings().stream())
        .forEach(f -> byKey.putIfAbsent(f.key(), f));
    return List.copyOf(byKey.values());
  }

  private static String title(Reply.Answered answered, SameCause same) {
    return answered.diagnoses().stream()
        .filter(d -> d.findings().contains(same.first()))
        .findFirst()
        .map(d -> Sentence.title(same.first(), d))
        .orElseGet(() -> Wording.role(same.first().role()));
  }

  private static Message rest(List<SameCause> findings) {
    List<Block> blocks = new ArrayList<>();
    String title = "And " + Wording.count(findings.size(), "more finding");
    blocks.add(Block.Section.rich(new Span.Strong(title)));
    findings.forEach(f -> blocks.add(Block.Section.plain("\u2022 " + f.first().summary())));
    blocks.add(Block.Context.plain("Their proofs are in the evidence: press Show evidence above."));
    return new Message(title, blocks);
  }
}

package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.snapshot.Gap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The thread under a headline: the path of the request where something is wrong on it, a message
 * for each finding, what else was looked for and what could not be checked, and how useful it was.
 */
public final class ThreadBlocks {
  private static final int MOST_FINDINGS = 8;

  private ThreadBlocks() {}

  /** The messages in their order. */
  public static List<Message> of(Reply.Answered answered, Telling telling) {
    Diagnosis worst = answered.worst();
    Times times = new Times(telling.zone(), worst.at());
    List<Message> messages = new ArrayList<>();
    if (worst.hops().size() > 1 && worst.verdict().compareTo(Verdict.UNKNOWN) <= 0) {
      messages.add(PathBlocks.of(worst));
    }
    List<SameCause> findings = SameCause.of(findings(answered));
    int shown = Math.min(MOST_FINDINGS, findings.size());
    for (int i = 0; i < shown; i++) {
      messages.add(
          FindingBlocks.of(
              title(answered, findings.get(i)),
              findings.get(i),
              i + 1,
              findings.size(),
              times,
              telling.check()));
    }
    if (findings.size() > shown) {
      messages.add(rest(findings.subList(shown, findings.size())));
    }
    List<Gap> gaps =
        answered.diagnoses().stream().flatMap(d -> d.notChecked().stream()).distinct().toList();
    if (!gaps.isEmpty() || !worst.ruledOut().isEmpty()) {
      messages.add(LookedBlocks.of(worst, gaps));
    }
    messages.add(FeedbackBlocks.asking(telling.check()));
    return messages;
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

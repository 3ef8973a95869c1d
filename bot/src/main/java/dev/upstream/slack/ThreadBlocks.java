package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.snapshot.Gap;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The thread under a headline: the way of the request, findings, ruled out, not checked. */
public final class ThreadBlocks {
  private static final int MOST_FINDINGS = 10;

  private ThreadBlocks() {}

  /** The messages in their order. */
  public static List<Message> of(Reply.Answered answered, ZoneId zone) {
    Diagnosis worst = answered.worst();
    Times times = new Times(zone, worst.at());
    List<Message> messages = new ArrayList<>();
    if (!worst.hops().isEmpty()) {
      messages.add(PathBlocks.of(worst));
    }
    List<Finding> findings = findings(answered);
    int shown = Math.min(MOST_FINDINGS, findings.size());
    for (int i = 0; i < shown; i++) {
      messages.add(FindingBlocks.of(findings.get(i), i + 1, findings.size(), times));
    }
    if (findings.size() > shown) {
      messages.add(rest(findings.subList(shown, findings.size())));
    }
    if (!worst.ruledOut().isEmpty()) {
      messages.add(RuledOutBlocks.of(worst.ruledOut()));
    }
    List<Gap> gaps =
        answered.diagnoses().stream().flatMap(d -> d.notChecked().stream()).distinct().toList();
    if (!gaps.isEmpty()) {
      messages.add(NotCheckedBlocks.of(gaps));
    }
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

  private static Message rest(List<Finding> findings) {
    List<Block> blocks = new ArrayList<>();
    String title = "And " + Wording.count(findings.size(), "more finding");
    blocks.add(Block.Section.rich(new Span.Strong(title)));
    findings.forEach(f -> blocks.add(Block.Section.plain("\u2022 " + f.summary())));
    return new Message(title, blocks);
  }
}

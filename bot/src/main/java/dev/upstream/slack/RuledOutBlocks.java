package dev.upstream.slack;

import dev.upstream.diagnosis.Diagnosis;
import java.util.ArrayList;
import java.util.List;

/** What was looked for and is not so, in short. */
public final class RuledOutBlocks {
  private static final int MOST = 5;
  private static final String LOOKED = "Looked, and it is not so: ";

  private RuledOutBlocks() {}

  public static Message of(List<Diagnosis.RuledOut> ruledOut) {
    String title =
        "Looked for, and not found: " + Wording.count(ruledOut.size(), "other possible cause");
    List<String> lines = new ArrayList<>();
    for (Diagnosis.RuledOut r : ruledOut.subList(0, Math.min(MOST, ruledOut.size()))) {
      String why = r.why().startsWith(LOOKED) ? r.why().substring(LOOKED.length()) : r.why();
      lines.add("\u2022 " + why);
    }
    if (ruledOut.size() > MOST) {
      lines.add("\u2022 and " + (ruledOut.size() - MOST) + " more");
    }
    return new Message(
        title,
        List.of(
            Block.Section.rich(new Span.Strong(title)),
            Block.Section.plain(String.join("\n", lines))));
  }
}

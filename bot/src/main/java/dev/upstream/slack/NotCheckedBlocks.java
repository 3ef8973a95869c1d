package dev.upstream.slack;

import dev.upstream.snapshot.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What could not be checked, why, and what would allow it. */
public final class NotCheckedBlocks {
  private static final int MOST = 12;

  private NotCheckedBlocks() {}

  public static Message of(List<Gap> gaps) {
    String title = "Could not be checked: " + Wording.count(gaps.size(), "thing");
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.Section.rich(new Span.Strong(title)));
    for (Gap gap : gaps.subList(0, Math.min(MOST, gaps.size()))) {
      blocks.add(Block.Section.plain("\u2022 " + what(gap) + ": " + why(gap) + remedy(gap)));
    }
    if (gaps.size() > MOST) {
      blocks.add(Block.Section.plain("\u2022 and " + (gaps.size() - MOST) + " more"));
    }
    return new Message(title, blocks);
  }

  private static String what(Gap gap) {
    String scope = gap.scope().equals("*") ? "everything" : gap.scope();
    return scope + " in cluster " + gap.cluster() + " (" + Wording.source(gap.source()) + ")";
  }

  private static String why(Gap gap) {
    return Wording.gap(gap.cause()) + sentence(" ", gap.detail());
  }

  private static String remedy(Gap gap) {
    return sentence("\n   What helps: ", gap.remedy());
  }

  private static String sentence(String before, String words) {
    String text = words.strip();
    if (text.isEmpty()) {
      return "";
    }
    int first = Character.charCount(text.codePointAt(0));
    return before
        + text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first)
        + (text.endsWith(".") ? "" : ".");
  }
}

package dev.upstream.slack;

import dev.upstream.diagnosis.Catalogue;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.snapshot.Gap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What could not be checked and what would allow it; then what was looked for and is not so. */
final class LookedBlocks {
  private static final int MOST_GAPS = 12;
  private static final int MOST_CAUSES = 5;
  private static final String LOOKED = "Looked, and it is not so: ";

  private LookedBlocks() {}

  /**
   * @param gaps of all clusters
   */
  static Message of(Diagnosis d, List<Gap> gaps) {
    List<Block> blocks = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    if (!gaps.isEmpty()) {
      String title = "Could not be checked: " + Wording.count(gaps.size(), "thing");
      titles.add(title);
      blocks.add(Block.Section.rich(new Span.Strong(title)));
      gaps(gaps, blocks);
    }
    if (!d.ruledOut().isEmpty()) {
      String title =
          "Looked for, and not found: "
              + Wording.count(d.ruledOut().size(), "other possible cause");
      titles.add(title);
      blocks.add(Block.Section.rich(new Span.Strong(title)));
      blocks.add(Block.Section.plain(causes(d)));
    }
    return new Message(String.join(". ", titles), blocks);
  }

  private static void gaps(List<Gap> gaps, List<Block> blocks) {
    for (Gap gap : gaps.subList(0, Math.min(MOST_GAPS, gaps.size()))) {
      String scope = Wording.wholeCluster(gap) ? "everything" : gap.scope();
      String remedy = Wording.sentence(gap.remedy());
      blocks.add(
          Block.Section.plain(
              "\u2022 "
                  + scope
                  + " in cluster "
                  + gap.cluster()
                  + " ("
                  + Wording.source(gap.source())
                  + "): "
                  + (Wording.gap(gap.cause()) + " " + Wording.sentence(gap.detail())).strip()
                  + (remedy.isEmpty() ? "" : "\n   What helps: " + remedy)));
    }
    if (gaps.size() > MOST_GAPS) {
      blocks.add(
          Block.Section.plain(
              "\u2022 and " + (gaps.size() - MOST_GAPS) + " more, in Show evidence"));
    }
  }

  /** Those that lead to what is seen come first, and alone where there are any. */
  private static String causes(Diagnosis d) {
    Set<String> seen = new HashSet<>();
    d.findings().stream().map(Finding::id).forEach(seen::add);
    List<Diagnosis.RuledOut> near =
        d.ruledOut().stream().filter(r -> leads(r.id(), seen, new HashSet<>())).toList();
    List<Diagnosis.RuledOut> told = near.isEmpty() ? d.ruledOut() : near;
    List<String> lines = new ArrayList<>();
    for (Diagnosis.RuledOut r : told.subList(0, Math.min(MOST_CAUSES, told.size()))) {
      lines.add("\u2022 " + bare(r));
    }
    int more = d.ruledOut().size() - lines.size();
    if (more > 0) {
      lines.add(
          "\u2022 and "
              + more
              + (near.isEmpty() ? " more" : more == 1 ? " less likely one" : " less likely ones"));
    }
    return String.join("\n", lines);
  }

  /** The cause without the words that the heading says for all. */
  static String bare(Diagnosis.RuledOut r) {
    return r.why().startsWith(LOOKED) ? r.why().substring(LOOKED.length()) : r.why();
  }

  private static boolean leads(String id, Set<String> seen, Set<String> been) {
    return been.add(id)
        && Catalogue.find(id).map(CheckInfo::leadsTo).orElse(List.of()).stream()
            .anyMatch(next -> seen.contains(next) || leads(next, seen, been));
  }
}

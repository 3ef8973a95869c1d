package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Percent;
import dev.upstream.snapshot.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One line for each cluster that was asked, worst first. */
final class ClusterRows {
  private static final int MOST = 20;

  private ClusterRows() {}

  /** None where one cluster was asked. */
  static Optional<Block> of(Reply.Answered answered) {
    if (answered.clusters() == 1) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    for (Diagnosis d : answered.diagnoses()) {
      lines.add(
          Grade.of(d).sign()
              + " "
              + Wording.cluster(d).map(c -> "Cluster " + c).orElse("Elsewhere")
              + ": "
              + row(d));
    }
    for (Reply.Other other : answered.others()) {
      lines.add("\u25AB\uFE0F Cluster " + other.cluster() + ": " + other.why().sentence());
    }
    if (lines.size() > MOST) {
      int more = lines.size() - MOST;
      lines.subList(MOST, lines.size()).clear();
      lines.add("and " + more + " more clusters");
    }
    return Optional.of(Block.Section.plain(String.join("\n", lines)));
  }

  /** Of which clusters the headline speaks; empty where one was asked. */
  static String where(Reply.Answered answered) {
    int n = answered.diagnoses().size();
    if (answered.clusters() == 1) {
      return "";
    }
    if (n == 1 || Grade.of(answered.worst()) != Grade.WORKS) {
      return Wording.cluster(answered.worst()).map(c -> " in cluster " + c).orElse("");
    }
    return answered.others().isEmpty()
        ? n == 2 ? " in both clusters" : " in all " + n + " clusters"
        : " in " + n + " of " + answered.clusters() + " clusters";
  }

  private static String row(Diagnosis d) {
    Optional<Gap> whole =
        d.notChecked().stream()
            .filter(g -> d.hops().isEmpty() && Wording.wholeCluster(g))
            .findFirst();
    return switch (Grade.of(d)) {
      case DOWN, MOSTLY_DOWN, PARTLY_DOWN, HARDLY_DOWN ->
          d.share().map(s -> Percent.of(s) + " fail").orElse("all requests fail")
              + ". "
              + Sentence.of(d).cause();
      case SOME_DOWN -> "some requests fail. " + Sentence.of(d).cause();
      case NOT_KNOWN ->
          whole
              .map(g -> "could not be asked. " + Wording.why(g))
              .orElseGet(() -> "could not be checked in full. " + d.summary());
      case AT_RISK -> "works, with a risk. " + d.summary();
      case WORKS -> "works";
    };
  }
}

package dev.upstream.slack;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.snapshot.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One line for each cluster that was asked, worst first. */
final class ClusterRows {
  private static final int MOST = 20;

  private ClusterRows() {}

  static Block of(List<Diagnosis> diagnoses) {
    List<String> lines = new ArrayList<>();
    for (Diagnosis d : diagnoses.subList(0, Math.min(MOST, diagnoses.size()))) {
      lines.add(
          Grade.of(d).sign()
              + " "
              + Wording.cluster(d).map(c -> "Cluster " + c).orElse("Elsewhere")
              + ": "
              + row(d));
    }
    if (diagnoses.size() > MOST) {
      lines.add("and " + (diagnoses.size() - MOST) + " more clusters, none worse than these");
    }
    return Block.Section.plain(String.join("\n", lines));
  }

  private static String row(Diagnosis d) {
    Optional<Gap> whole =
        d.notChecked().stream()
            .filter(g -> d.hops().isEmpty() && Wording.wholeCluster(g))
            .findFirst();
    return switch (Grade.of(d)) {
      case DOWN, MOSTLY_DOWN, PARTLY_DOWN, HARDLY_DOWN ->
          d.share().map(s -> Wording.percent(s) + " fail").orElse("all requests fail")
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

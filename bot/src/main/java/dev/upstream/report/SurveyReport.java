package dev.upstream.report;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Percent;
import dev.upstream.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every route in a line or two for a terminal, worst first; the details are one check away. */
final class SurveyReport {
  private SurveyReport() {}

  static String of(List<Diagnosis> diagnoses, int leftOut) {
    StringBuilder out = new StringBuilder();
    int all = diagnoses.size() + leftOut;
    out.append(all).append(all == 1 ? " route" : " routes").append(": ").append(counts(diagnoses));
    if (leftOut > 0) {
      out.append("; ").append(leftOut).append(" more are left out here, none of them worse");
    }
    out.append('\n');
    diagnoses.forEach(d -> line(d, out));
    List<dev.upstream.snapshot.Gap> gaps =
        diagnoses.stream().flatMap(d -> d.notChecked().stream()).distinct().sorted().toList();
    if (!gaps.isEmpty()) {
      out.append("\nCould not be checked\n");
      gaps.stream().map(TextReport::gap).distinct().forEach(out::append);
    }
    out.append("\nThe proof of one of them: upstream check ")
        .append(TextReport.clean(diagnoses.getFirst().target()))
        .append('\n');
    return out.toString();
  }

  private static void line(Diagnosis d, StringBuilder out) {
    String share = d.share().filter(s -> s > 0).map(Percent::of).orElse("");
    out.append(
        String.format(
            Locale.ROOT,
            "  %-9s %6s  %s  (client: %s)%n",
            word(d.verdict()),
            share,
            TextReport.clean(d.target()),
            TextReport.clean(d.client())));
    if (d.verdict() != Verdict.HEALTHY) {
      out.append("                     ").append(TextReport.clean(d.summary())).append('\n');
    }
  }

  private static String counts(List<Diagnosis> diagnoses) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    diagnoses.forEach(d -> counts.merge(d.verdict(), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    counts.forEach((v, n) -> words.add(n + " " + v.word()));
    return String.join(", ", words);
  }

  private static String word(Verdict verdict) {
    return verdict.word().toUpperCase(Locale.ROOT).replace('-', ' ');
  }
}

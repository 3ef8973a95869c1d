package dev.upstream.report;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Edit;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.snapshot.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** An answer for a terminal: headline first, proof below, what was not seen at the end. */
public final class TextReport {
  private TextReport() {}

  public static String of(Reply.Answered answered) {
    if (answered.leftOut().isPresent()) {
      return SurveyReport.of(answered.diagnoses(), answered.leftOut().get());
    }
    StringBuilder out = new StringBuilder();
    for (Diagnosis d : answered.diagnoses()) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      diagnosis(d, out);
    }
    return out.toString();
  }

  private static void diagnosis(Diagnosis d, StringBuilder out) {
    out.append(d.verdict().word().toUpperCase(Locale.ROOT).replace('-', ' '));
    d.share()
        .filter(s -> s > 0)
        .ifPresent(s -> out.append("  ").append(percent(s)).append(" of requests"));
    out.append("  ")
        .append(clean(d.target()))
        .append("  (client: ")
        .append(clean(d.client()))
        .append(")\n");
    out.append(clean(d.summary())).append('\n');
    d.since().ifPresent(s -> out.append("Since ").append(when(s, d.at())).append('\n'));
    if (!d.changes().isEmpty()) {
      out.append("\nWhat changed\n");
      d.changes().stream()
          .limit(5)
          .forEach(e -> out.append("  ").append(edit(e, d.at())).append('\n'));
    }
    if (!d.hops().isEmpty()) {
      out.append("\nPath\n");
      d.hops().forEach(h -> hop(h, out));
    }
    if (!d.findings().isEmpty()) {
      out.append("\nFindings\n");
      d.findings().forEach(f -> finding(f, out));
    }
    if (!d.ruledOut().isEmpty()) {
      out.append("\nRuled out: ")
          .append(String.join(", ", d.ruledOut().stream().map(Diagnosis.RuledOut::id).toList()))
          .append('\n');
    }
    if (!d.notChecked().isEmpty()) {
      out.append("\nCould not be checked\n");
      d.notChecked().forEach(g -> gap(g, out));
    }
  }

  private static void hop(Diagnosis.HopState h, StringBuilder out) {
    out.append(
        String.format(
            Locale.ROOT,
            "  %-8s %5s  %s: %s  %s%n",
            h.state().word(),
            percent(h.hop().share()).replace(" ", ""),
            clean(h.hop().cluster()),
            clean(h.hop().ref().words()),
            clean(h.hop().detail())));
  }

  private static void finding(Finding f, StringBuilder out) {
    String share =
        f.share()
            .map(s -> s == 0 ? "nothing fails by it now" : percent(s))
            .orElse("share not known");
    out.append("  ")
        .append(f.role().word().toUpperCase(Locale.ROOT))
        .append("  ")
        .append(clean(f.summary()))
        .append("\n    ")
        .append(f.id())
        .append(" on ")
        .append(clean(f.cluster() + ": " + f.subject().words()))
        .append(f.fieldPath().isEmpty() ? "" : " " + clean(f.fieldPath()))
        .append("; ")
        .append(share)
        .append("; confidence ")
        .append(f.confidence().word())
        .append('\n');
    for (Evidence e : f.evidence()) {
      out.append("    - ").append(clean(e.text())).append('\n');
      if (!e.command().isEmpty()) {
        out.append("      $ ").append(clean(e.command())).append('\n');
      }
    }
  }

  static void gap(Gap g, StringBuilder out) {
    out.append("  ")
        .append(clean(g.cluster() + ": " + g.scope()))
        .append(" (")
        .append(g.cause().name())
        .append("): ")
        .append(clean(g.detail()))
        .append('\n');
    if (!g.remedy().isEmpty()) {
      out.append("    ").append(clean(g.remedy())).append('\n');
    }
  }

  private static String edit(Edit e, Instant now) {
    return clean(
        e.cluster()
            + ": "
            + e.subject().words()
            + " "
            + e.fieldPath()
            + " by "
            + e.manager()
            + ", "
            + when(e.at(), now));
  }

  static String when(Instant time, Instant now) {
    return time + " (" + ago(Duration.between(time, now)) + ")";
  }

  private static String ago(Duration d) {
    long seconds = Math.max(0, d.toSeconds());
    return seconds < 120
        ? seconds + " seconds ago"
        : seconds < 7200
            ? seconds / 60 + " minutes ago"
            : seconds < 172_800 ? seconds / 3600 + " hours ago" : seconds / 86_400 + " days ago";
  }

  static String percent(double share) {
    double percent = share * 100;
    return Math.abs(percent - Math.rint(percent)) < 0.05
        ? Math.round(percent) + " %"
        : String.format(Locale.ROOT, "%.1f %%", percent);
  }

  /** What came from a cluster may hold anything; a terminal gets no control characters of it. */
  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }
}

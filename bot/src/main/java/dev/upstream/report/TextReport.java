package dev.upstream.report;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Edit;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Percent;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** An answer for a terminal: headline first, proof below, what was not seen at the end. */
public final class TextReport {
  private TextReport() {}

  public static String of(Reply.Answered answered) {
    return of(answered, false);
  }

  /**
   * @param recorded whether it is told of a recording: then the time is said from which times count
   */
  public static String of(Reply.Answered answered, boolean recorded) {
    StringBuilder out = new StringBuilder();
    if (recorded) {
      out.append("From a recording of ").append(answered.worst().at()).append('\n');
    }
    if (answered.leftOut().isPresent()) {
      return out + SurveyReport.of(answered.diagnoses(), answered.leftOut().get());
    }
    boolean several = answered.clusters() > 1;
    int start = out.length();
    for (Diagnosis d : answered.diagnoses()) {
      if (out.length() > start) {
        out.append('\n');
      }
      diagnosis(d, several, out);
    }
    if (!answered.others().isEmpty()) {
      out.append('\n');
    }
    for (Reply.Other other : answered.others()) {
      out.append(clean("Cluster " + other.cluster() + ": " + other.why().sentence())).append('\n');
    }
    return out.toString();
  }

  /** The cluster that the answer starts in. */
  private static String cluster(Diagnosis d) {
    return d.hops().isEmpty()
        ? d.notChecked().isEmpty() ? "" : d.notChecked().getFirst().cluster()
        : d.hops().getFirst().hop().cluster();
  }

  private static void diagnosis(Diagnosis d, boolean several, StringBuilder out) {
    out.append(d.verdict().word().toUpperCase(Locale.ROOT).replace('-', ' '));
    d.share()
        .filter(s -> s > 0)
        .ifPresent(s -> out.append("  ").append(Percent.of(s)).append(" of requests"));
    out.append("  ")
        .append(clean(d.target()))
        .append("  (client: ")
        .append(clean(d.client()))
        .append(several && !cluster(d).isEmpty() ? ", cluster: " + clean(cluster(d)) : "")
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
      SameCause.of(d.findings()).forEach(s -> finding(s, out));
    }
    if (!d.ruledOut().isEmpty()) {
      out.append("\nRuled out: ")
          .append(String.join(", ", d.ruledOut().stream().map(Diagnosis.RuledOut::id).toList()))
          .append('\n');
    }
    if (!d.notChecked().isEmpty()) {
      out.append("\nCould not be checked\n");
      Set<String> told = new LinkedHashSet<>();
      d.notChecked().forEach(g -> told.add(gap(g)));
      told.forEach(out::append);
    }
  }

  private static void hop(Diagnosis.HopState h, StringBuilder out) {
    out.append(
        String.format(
            Locale.ROOT,
            "  %-8s %5s  %s: %s  %s%n",
            h.state().word(),
            Percent.of(h.hop().share()).replace(" ", ""),
            clean(h.hop().cluster()),
            clean(h.hop().ref().words()),
            clean(h.hop().detail())));
  }

  /** {@code Node node-a, node-b}. */
  private static String subject(SameCause same) {
    ObjectRef first = same.first().subject();
    return same.findings().stream()
        .skip(1)
        .map(Finding::subject)
        .map(o -> o.namespace().equals(first.namespace()) ? o.name() : o.words())
        .reduce(first.words(), (words, other) -> words + ", " + other);
  }

  private static void finding(SameCause same, StringBuilder out) {
    Finding f = same.first();
    String share =
        f.share()
            .map(s -> s == 0 ? "nothing fails by it now" : Percent.of(s))
            .orElse("share not known");
    out.append("  ")
        .append(f.role().word().toUpperCase(Locale.ROOT))
        .append("  ")
        .append(clean(same.summary()))
        .append("\n    ")
        .append(f.id())
        .append(" on ")
        .append(clean(f.cluster() + ": " + subject(same)))
        .append(f.fieldPath().isEmpty() ? "" : " " + clean(f.fieldPath()))
        .append("; ")
        .append(share)
        .append("; confidence ")
        .append(same.confidence().word())
        .append('\n');
    for (Evidence e : same.evidence()) {
      out.append("    - ").append(clean(e.text())).append('\n');
      if (!e.command().isEmpty()) {
        out.append("      $ ").append(clean(e.command())).append('\n');
      }
    }
  }

  static String gap(Gap g) {
    return "  "
        + clean(g.cluster() + ": " + g.scope())
        + " ("
        + g.cause().name()
        + "): "
        + clean(g.detail())
        + "\n"
        + (g.remedy().isEmpty() ? "" : "    " + clean(g.remedy()) + "\n");
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

  /** What came from a cluster may hold anything; a terminal gets no control characters of it. */
  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }
}

package dev.upstream.policy;

import dev.upstream.diagnosis.Catalogue;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Headline;
import dev.upstream.diagnosis.Outcome;
import dev.upstream.diagnosis.Percent;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.SameCause;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The same answer in fewer words: nothing is said that was not in the whole one. */
final class Retelling {
  private Retelling() {}

  /** The headline from what is left; what it can't name it says to lie elsewhere. */
  static Headline of(Diagnosis d, List<Finding> left) {
    return switch (d.verdict()) {
      case BROKEN, DEGRADED -> failing(d, left);
      case UNKNOWN ->
          Headline.of(
              "Nothing failing was seen for "
                  + d.target()
                  + ", but not everything could be checked",
              "");
      case AT_RISK -> atRisk(d, left);
      case HEALTHY ->
          Headline.of("Requests to " + d.target() + " are served; nothing wrong was found", "");
    };
  }

  private static Headline atRisk(Diagnosis d, List<Finding> left) {
    String effect = "Requests to " + d.target() + " are served now, but there is a risk";
    return first(left, Role.RISK)
        .map(f -> Headline.of(effect, SameCause.of(f, left).headline()))
        .orElseGet(() -> Headline.of(effect + " in a namespace that the asker may not read", ""));
  }

  private static Headline failing(Diagnosis d, List<Finding> left) {
    String effect =
        d.share()
                .map(s -> Percent.of(s) + " of requests to " + d.target())
                .orElse("Some requests to " + d.target())
            + " fail";
    Optional<Finding> deepest = cause(d.findings());
    Optional<Finding> told = cause(left);
    if (deepest.isEmpty()) {
      return Headline.of(effect, "").open("The cause was not found.");
    }
    if (told.isEmpty()) {
      return Headline.of(effect, "")
          .open("The cause lies in a namespace that the asker may not read.");
    }
    boolean all = told.get().key().equals(deepest.get().key());
    return Headline.of(effect, SameCause.of(told.get(), left).headline())
        .open(all ? "" : "What leads to it lies in a namespace that the asker may not read.");
  }

  private static Optional<Finding> cause(List<Finding> findings) {
    return first(findings, Role.ROOT_CAUSE).or(() -> first(findings, Role.CONTRIBUTING));
  }

  private static Optional<Finding> first(List<Finding> findings, Role role) {
    return findings.stream().filter(f -> f.role() == role).findFirst();
  }

  /** Whether a headline repeats what is said of such a finding, by itself or with others. */
  static boolean quotes(String headline, List<Finding> findings, Predicate<Finding> such) {
    return SameCause.of(findings).stream()
        .filter(same -> same.findings().stream().anyMatch(such))
        .flatMap(
            same ->
                Stream.concat(
                    Stream.of(same.summary()),
                    same.findings().stream().filter(such).map(Finding::summary)))
        .anyMatch(words -> quotes(headline, words));
  }

  /** Whatever sign the words begin and end with. */
  private static boolean quotes(String headline, String words) {
    String core = words.length() > 2 ? words.substring(1, words.length() - 1) : words;
    return !core.isEmpty() && headline.contains(core);
  }

  /** What a finding means, without what was seen. */
  static String title(Finding f) {
    return Catalogue.find(f.id()).map(CheckInfo::title).orElse(f.id());
  }

  static Finding finding(
      Finding f,
      String summary,
      String fieldPath,
      List<Evidence> evidence,
      SortedSet<String> explains) {
    return new Finding(
        f.id(),
        f.role(),
        f.severity(),
        f.confidence(),
        f.cluster(),
        f.subject(),
        fieldPath,
        summary,
        summary.equals(f.summary()) ? f.ofSeveral() : Optional.empty(),
        f.impact(),
        f.share(),
        f.since(),
        evidence,
        explains);
  }

  static Diagnosis diagnosis(Diagnosis d, Headline headline, List<Finding> findings) {
    return new Diagnosis(
        d.target(),
        d.client(),
        d.at(),
        d.verdict(),
        d.share(),
        d.since(),
        headline,
        d.path(),
        d.hops(),
        findings,
        d.changes(),
        d.ruledOut(),
        d.notChecked(),
        outcomes(d.checks()));
  }

  /** What was only looked at, without a word of what was seen. */
  static List<Outcome> outcomes(List<Outcome> outcomes) {
    return outcomes.stream()
        .flatMap(
            o ->
                switch (o) {
                  case Outcome.Clear c -> Stream.<Outcome>of(c);
                  case Outcome.Crashed c -> Stream.<Outcome>of(new Outcome.Crashed(c.check(), ""));
                  case Outcome.Found f -> Stream.<Outcome>empty();
                  case Outcome.Inconclusive i -> Stream.<Outcome>empty();
                })
        .toList();
  }
}

package dev.upstream.slack;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.diagnosis.Verdict;
import java.util.Optional;

/** The headline's two halves: what happens to requests, and why. */
record Sentence(String effect, String cause) {
  private static final String NOTHING = "The cause was not found";
  private static final String NOT_FOUND = ". " + NOTHING;

  static Sentence of(Diagnosis d) {
    Optional<String> cause = cause(d).map(f -> headline(f, d));
    boolean failing = d.verdict() == Verdict.BROKEN || d.verdict() == Verdict.DEGRADED;
    if (failing && cause.isPresent() && endsWith(d.summary(), ": " + cause.get())) {
      int end = d.summary().length() - cause.get().length() - 2;
      return new Sentence(rest(d.summary().substring(0, end), d), cause.get());
    }
    Optional<Sentence> part = cause.filter(c -> failing).flatMap(c -> part(d, c));
    if (part.isPresent()) {
      return part.get();
    }
    Optional<String> risk =
        d.findings().stream()
            .filter(f -> f.role() == Role.RISK)
            .findFirst()
            .map(f -> headline(f, d))
            .filter(r -> d.verdict() == Verdict.AT_RISK && endsWith(d.summary(), ": " + r));
    if (risk.isPresent()) {
      return new Sentence(d.target() + " " + Wording.verdict(d.verdict()), risk.get());
    }
    int notFound = d.summary().indexOf(NOT_FOUND);
    return failing && notFound > 0
        ? new Sentence(
            rest(d.summary().substring(0, notFound), d), d.summary().substring(notFound + 2))
        : new Sentence(d.target() + " " + Wording.verdict(d.verdict()), d.summary());
  }

  /** A part of the cause is known, and what caused that is not. */
  private static Optional<Sentence> part(Diagnosis d, String known) {
    int begin = d.summary().indexOf(": " + known + " " + NOTHING);
    if (begin < 0) {
      return Optional.empty();
    }
    String open = d.summary().substring(begin + 2 + known.length() + 1 + NOTHING.length());
    return Optional.of(
        new Sentence(
            rest(d.summary().substring(0, begin), d),
            known + " What caused that was not found" + open));
  }

  private static String headline(Finding finding, Diagnosis d) {
    return SameCause.of(finding, d.findings()).headline();
  }

  /** What the headline names as the cause. */
  static Optional<Finding> cause(Diagnosis d) {
    return d.findings().stream()
        .filter(f -> f.role() == Role.ROOT_CAUSE || f.role() == Role.CONTRIBUTING)
        .findFirst();
  }

  /** Where hardly anything fails, the other requests are worth a word. */
  private static String rest(String effect, Diagnosis d) {
    return Grade.of(d) == Grade.HARDLY_DOWN
        ? effect + "; the other " + Wording.percent(1 - d.share().orElse(0d)) + " are served"
        : effect;
  }

  private static boolean endsWith(String text, String end) {
    return text.length() > end.length()
        && text.regionMatches(true, text.length() - end.length(), end, 0, end.length());
  }
}

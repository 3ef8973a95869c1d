package dev.upstream.slack;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Headline;
import dev.upstream.diagnosis.Percent;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.SameCause;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The headline's two halves: what happens to requests, and why. */
record Sentence(String effect, String cause) {
  private static final String NOTHING = "The cause was not found";

  static Sentence of(Diagnosis d) {
    Headline all = d.headline();
    String verdict = d.target() + " " + Wording.verdict(d.verdict());
    return switch (d.verdict()) {
      case BROKEN, DEGRADED ->
          new Sentence(
              rest(about(all.effect(), d), d), words(all.cause(), open(all, d), all.asked()));
      case AT_RISK ->
          all.cause().isEmpty()
              ? new Sentence(verdict, d.summary())
              : new Sentence(verdict, words(all.cause(), all.open(), all.asked()));
      case UNKNOWN, HEALTHY -> new Sentence(verdict, d.summary());
    };
  }

  /** Where a part of the cause is known, only what caused that was not found. */
  private static String open(Headline all, Diagnosis d) {
    return cause(d).isPresent() && all.open().startsWith(NOTHING)
        ? "What caused that was not found" + all.open().substring(NOTHING.length())
        : all.open();
  }

  private static String words(String... sentences) {
    String all = Stream.of(sentences).filter(s -> !s.isEmpty()).collect(Collectors.joining(" "));
    return all.isEmpty() ? NOTHING + "." : all;
  }

  /** What the headline names as the cause. */
  static Optional<Finding> cause(Diagnosis d) {
    return d.findings().stream()
        .filter(f -> f.role() == Role.ROOT_CAUSE || f.role() == Role.CONTRIBUTING)
        .findFirst();
  }

  /** What the headline names as the whole cause is titled so, whatever the catalogue calls it. */
  static String title(Finding finding, Diagnosis d) {
    boolean whole =
        d.headline().open().isEmpty()
            && cause(d)
                .map(c -> SameCause.of(c, d.findings()).findings().contains(finding))
                .orElse(false);
    return Wording.role(whole ? Role.ROOT_CAUSE : finding.role());
  }

  /** What is seen of all the cluster, such as probes, does not name what was asked about. */
  private static String about(String effect, Diagnosis d) {
    return effect.contains("equests to ") ? effect : d.target() + ": " + effect;
  }

  /** Where hardly anything fails, the other requests are worth a word. */
  private static String rest(String effect, Diagnosis d) {
    return Grade.of(d) == Grade.HARDLY_DOWN
        ? effect + "; the other " + Percent.of(1 - d.share().orElse(0d)) + " are served"
        : effect;
  }
}

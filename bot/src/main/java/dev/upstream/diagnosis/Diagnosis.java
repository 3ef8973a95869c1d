package dev.upstream.diagnosis;

import dev.upstream.path.Hop;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.Gap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer for one starting point (PRODUCT.md section 2).
 *
 * @param share the fraction of the target's requests that fail; empty when it can't be known
 * @param checks what became of every check of the catalogue
 */
public record Diagnosis(
    String target,
    String client,
    Instant at,
    Verdict verdict,
    Optional<Double> share,
    Optional<Instant> since,
    Headline headline,
    Optional<RequestPath> path,
    List<HopState> hops,
    List<Finding> findings,
    List<Edit> changes,
    List<RuledOut> ruledOut,
    List<Gap> notChecked,
    List<Outcome> checks) {

  /** The headline as one text. */
  public String summary() {
    return headline.words();
  }

  /** How a hop does. */
  public enum State {
    OK,
    FAILING,
    DEGRADED,
    UNKNOWN;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public record HopState(Hop hop, State state) {}

  public record RuledOut(String id, String why) {}
}

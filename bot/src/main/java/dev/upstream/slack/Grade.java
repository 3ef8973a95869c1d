package dev.upstream.slack;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Verdict;
import java.util.Optional;

/**
 * How bad an answer looks, worst first: 95 % and 1 % get neither the same sign nor the same size.
 */
enum Grade {
  DOWN("\uD83D\uDD34", true),
  MOSTLY_DOWN("\uD83D\uDD34", true),
  PARTLY_DOWN("\uD83D\uDFE0", true),
  /** Something fails, and how much of it is not known. */
  SOME_DOWN("\uD83D\uDFE0", true),
  HARDLY_DOWN("\uD83D\uDFE1", false),
  NOT_KNOWN("\u26AA", false),
  AT_RISK("\uD83D\uDD35", false),
  WORKS("\uD83D\uDFE2", false);

  private static final double ALL = 0.995;
  private static final double MOST = 0.5;
  private static final double FEW = 0.05;

  private final String sign;
  private final boolean loud;

  Grade(String sign, boolean loud) {
    this.sign = sign;
    this.loud = loud;
  }

  static Grade of(Diagnosis d) {
    return of(d.verdict(), d.share());
  }

  static Grade of(Verdict verdict, Optional<Double> share) {
    return switch (verdict) {
      case BROKEN -> DOWN;
      case DEGRADED -> share.map(Grade::failing).orElse(SOME_DOWN);
      case UNKNOWN -> NOT_KNOWN;
      case AT_RISK -> AT_RISK;
      case HEALTHY -> WORKS;
    };
  }

  private static Grade failing(double share) {
    if (share >= ALL) {
      return DOWN;
    }
    if (share >= MOST) {
      return MOSTLY_DOWN;
    }
    return share >= FEW ? PARTLY_DOWN : HARDLY_DOWN;
  }

  /** A coloured dot; the words beside it say the same. */
  String sign() {
    return sign;
  }

  /** Whether it stands in large letters. */
  boolean loud() {
    return loud;
  }

  boolean fails() {
    return compareTo(HARDLY_DOWN) <= 0;
  }
}

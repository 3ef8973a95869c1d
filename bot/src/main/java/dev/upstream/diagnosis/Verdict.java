package dev.upstream.diagnosis;

import java.util.Locale;

/** The answer in one word, worst first (RULES.md R14). */
public enum Verdict {
  BROKEN,
  DEGRADED,
  UNKNOWN,
  AT_RISK,
  HEALTHY;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The exit status of {@code upstream check} (PRODUCT.md section 2). */
  public int exitStatus() {
    return switch (this) {
      case HEALTHY, AT_RISK -> 0;
      case BROKEN, DEGRADED -> 1;
      case UNKNOWN -> 2;
    };
  }
}

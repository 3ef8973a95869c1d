package dev.upstream.diagnosis;

import java.util.Locale;

/** How sure a finding is. */
public enum Confidence {
  HIGH,
  MEDIUM,
  LOW;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

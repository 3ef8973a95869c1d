package dev.upstream.diagnosis;

import java.util.Locale;

/** How bad a finding is; a risk is at most a warning, an advisory is info. */
public enum Severity {
  CRITICAL,
  WARNING,
  INFO;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

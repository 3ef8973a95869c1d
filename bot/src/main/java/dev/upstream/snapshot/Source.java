package dev.upstream.snapshot;

import java.util.Locale;

/** Where a fact comes from (PRODUCT.md section 2, evidence {@code source}). */
public enum Source {
  OBJECTS,
  PROXY,
  ISTIOD,
  LOG,
  EVENTS,
  METRICS,
  NODE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

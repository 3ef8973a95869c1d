package dev.upstream.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which requests were taken already: Slack may send one again when an answer got lost. */
public final class Deliveries {
  private static final Duration REMEMBERED = Duration.ofMinutes(30);
  private static final int MOST = 20_000;

  private final InstantSource clock;
  private final Map<String, Instant> taken = new LinkedHashMap<>();

  public Deliveries(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether this is the first time that the request arrives. */
  public synchronized boolean first(String id) {
    Instant now = clock.instant();
    Iterator<Instant> oldest = taken.values().iterator();
    while (oldest.hasNext()) {
      boolean expired = oldest.next().plus(REMEMBERED).isBefore(now);
      if (!expired && taken.size() < MOST) {
        break;
      }
      oldest.remove();
    }
    return taken.putIfAbsent(id, now) == null;
  }
}

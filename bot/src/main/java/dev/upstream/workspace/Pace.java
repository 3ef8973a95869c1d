package dev.upstream.workspace;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often a method may be called. Slack tells a figure a minute and suffers short bursts: a
 * bucket of {@code burst} calls that fills again evenly.
 */
final class Pace {
  /**
   * @param burst how many may come at once
   * @param byChannel whether each channel has its own count; else each workspace
   */
  record Rate(int perMinute, int burst, boolean byChannel) {
    /** One of Slack's tiers: a minute's calls may come at once. */
    static Rate tier(int perMinute) {
      return new Rate(perMinute, perMinute, false);
    }
  }

  static final Rate TIER_1 = Rate.tier(1);
  static final Rate TIER_2 = Rate.tier(20);
  static final Rate TIER_3 = Rate.tier(50);
  static final Rate TIER_4 = Rate.tier(100);
  static final Rate SPECIAL = Rate.tier(600);

  /** One a second in a channel, five at once. */
  static final Rate POSTING = new Rate(60, 5, true);

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final Figures figures;
  private volatile boolean on = true;

  Pace(Figures figures) {
    this.figures = figures;
  }

  private static final class Bucket {
    private double left;
    private Instant since;
    private Instant closedUntil = Instant.MIN;

    Bucket(Rate rate, Instant now) {
      left = rate.burst();
      since = now;
    }
  }

  void off() {
    on = false;
  }

  /** Counts the call in; else says how many seconds to wait. */
  OptionalLong refused(String key, Rate rate, Instant now) {
    if (!on) {
      return OptionalLong.empty();
    }
    Bucket bucket = buckets.computeIfAbsent(key, k -> new Bucket(rate, now));
    synchronized (bucket) {
      double perSecond = rate.perMinute() / 60.0;
      double passed = Math.max(0, Duration.between(bucket.since, now).toMillis()) / 1000.0;
      bucket.left = Math.min(rate.burst(), bucket.left + passed * perSecond);
      bucket.since = now;
      if (bucket.left >= 1) {
        bucket.left--;
        return OptionalLong.empty();
      }
      figures.limited(now.isBefore(bucket.closedUntil));
      long seconds = Math.max(1, (long) Math.ceil((1 - bucket.left) / perSecond));
      bucket.closedUntil = now.plusSeconds(seconds);
      return OptionalLong.of(seconds);
    }
  }
}

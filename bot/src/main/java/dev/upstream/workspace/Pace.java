package dev.upstream.workspace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often a method may be called: in no minute, wherever it begins, more often than Slack says.
 * Where it takes fewer at once, a bucket of {@code burst} calls fills again evenly.
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

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);
  private static final Closed NEVER = new Closed(Instant.MIN, 0);

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final Map<String, Closed> closed = new ConcurrentHashMap<>();
  private final Figures figures;
  private volatile boolean on = true;

  Pace(Figures figures) {
    this.figures = figures;
  }

  private static final class Bucket {
    private final Deque<Instant> lastMinute = new ArrayDeque<>();
    private double left;
    private Instant since;

    Bucket(Rate rate, Instant now) {
      left = rate.burst();
      since = now;
    }
  }

  /**
   * A time that a refusal named.
   *
   * @param told when it was told, in real time
   */
  private record Closed(Instant until, long told) {}

  /** Refuses all calls until then, as the caller is told now. */
  void close(String key, Instant until) {
    closed.put(key, new Closed(until, System.nanoTime()));
  }

  /**
   * How many seconds an earlier refusal lasts, if it does. Who comes before its end does not
   * listen; but what was on its way already when it was told could not know.
   *
   * @param impatient is run for one who could know
   */
  OptionalLong stillClosed(String key, Instant now, Runnable impatient) {
    Closed earlier = closed.getOrDefault(key, NEVER);
    if (!now.isBefore(earlier.until())) {
      return OptionalLong.empty();
    }
    boolean knew = System.nanoTime() - earlier.told() > ON_ITS_WAY.toNanos();
    if (knew) {
      figures.limited(true);
      impatient.run();
    }
    return OptionalLong.of(
        Math.max(1, (Duration.between(now, earlier.until()).toMillis() + 999) / 1000));
  }

  void off() {
    on = false;
  }

  /** Counts the call in; else says how many seconds to wait. */
  OptionalLong refused(String key, Rate rate, Instant now) {
    Bucket bucket = buckets.computeIfAbsent(key, k -> new Bucket(rate, now));
    synchronized (bucket) {
      double perSecond = rate.perMinute() / 60.0;
      double passed = Math.max(0, Duration.between(bucket.since, now).toMillis()) / 1000.0;
      bucket.left = Math.min(rate.burst(), bucket.left + passed * perSecond);
      bucket.since = now;
      while (!bucket.lastMinute.isEmpty()
          && !bucket.lastMinute.getFirst().plus(MINUTE).isAfter(now)) {
        bucket.lastMinute.removeFirst();
      }
      boolean full = bucket.lastMinute.size() >= rate.perMinute();
      if (!full && bucket.left >= 1) {
        bucket.left--;
        bucket.lastMinute.addLast(now);
        return OptionalLong.empty();
      }
      if (!on) {
        figures.excuse();
        bucket.lastMinute.addLast(now);
        return OptionalLong.empty();
      }
      figures.limited(false);
      double wait =
          full
              ? Duration.between(now, bucket.lastMinute.getFirst().plus(MINUTE)).toMillis() / 1000.0
              : (1 - bucket.left) / perSecond;
      long seconds = Math.max(1, (long) Math.ceil(wait));
      close(key, now.plusSeconds(seconds));
      return OptionalLong.of(seconds);
    }
  }
}

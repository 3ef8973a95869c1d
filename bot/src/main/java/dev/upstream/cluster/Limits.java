package dev.upstream.cluster;

import java.time.Duration;

/**
 * How much a check may ask of a cluster that may be in trouble already.
 *
 * @param request how long one answer may take
 * @param deadline how long all answers of one cluster together may take
 * @param concurrency how many requests of all checks together run at once, per cluster
 * @param logLines how many lines of a log are read at the most
 */
public record Limits(Duration request, Duration deadline, int concurrency, int logLines) {
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), 8, 4_000);
}

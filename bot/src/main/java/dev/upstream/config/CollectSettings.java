package dev.upstream.config;

import java.time.Duration;

/**
 * How long and how much one check may read.
 *
 * @param deadline for everything that one cluster is asked
 * @param requestTimeout for one request
 * @param logLines of each container's log, the newest
 */
public record CollectSettings(Duration deadline, Duration requestTimeout, int logLines) {
  public static final CollectSettings USUAL =
      new CollectSettings(Duration.ofSeconds(20), Duration.ofSeconds(5), 4_000);
}

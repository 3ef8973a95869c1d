package dev.upstream.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far this machine's clock is from the store's: replicas go by each other's times. */
final class Skew {
  private static final Logger LOG = LoggerFactory.getLogger(Skew.class);

  /** Between heartbeats of jobs lies less: who is further off takes up what others still do. */
  private static final Duration MOST = Duration.ofSeconds(5);

  private Skew() {}

  /** Says so where it is too far; on the store's own machine it is never. */
  static void watch(Database database, InstantSource clock) {
    if (!database.shared()) {
      return;
    }
    Instant before = clock.instant();
    Instant there =
        database.in(
            c ->
                Sql.one(c, "SELECT CURRENT_TIMESTAMP AS store_time", r -> Sql.when(r, "store_time"))
                    .orElseThrow());
    Instant after = clock.instant();
    say(there.isBefore(before) ? Duration.between(there, before) : Duration.ZERO, "ahead of");
    say(there.isAfter(after) ? Duration.between(after, there) : Duration.ZERO, "behind");
  }

  private static void say(Duration off, String direction) {
    if (off.compareTo(MOST) > 0) {
      LOG.error(
          "The clock of this machine is {} s {} the store's: replicas may do the same check twice,"
              + " or late. Set the clock right.",
          off.toSeconds(),
          direction);
    }
  }
}

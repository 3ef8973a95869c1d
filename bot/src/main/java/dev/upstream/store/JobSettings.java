package dev.upstream.store;

import java.time.Duration;

/**
 * How a replica does the jobs of runs.
 *
 * @param parallel at the same time, in this replica
 * @param perCluster at the same time in one cluster, over all replicas
 * @param keep how long ended runs, their snapshots and what was said are kept
 * @param heartbeat how often a replica shows that it lives; after four that are missing its jobs
 *     are taken up by another
 * @param poll how often the store is asked for jobs of other replicas
 */
public record JobSettings(
    int parallel, int perCluster, Duration keep, Duration heartbeat, Duration poll) {
  /** A job whose replica was killed begins again within half a minute. */
  public static JobSettings of(int parallel, int perCluster, Duration keep) {
    return new JobSettings(
        parallel, perCluster, keep, Duration.ofSeconds(4), Duration.ofMillis(500));
  }
}

package dev.upstream.store;

import java.time.Duration;

/**
 * How a replica does the jobs of runs.
 *
 * @param parallel at the same time, in this replica
 * @param keep how long ended runs, their snapshots and what was said are kept
 */
public record JobSettings(int parallel, Duration keep, Tempo tempo) {
  public JobSettings(int parallel, Duration keep) {
    this(parallel, keep, Tempo.USUAL);
  }

  /**
   * How fast others notice.
   *
   * @param heartbeat how often a replica shows that it lives; when four are missing, its jobs are
   *     taken up by another
   * @param poll how often the store is asked for jobs that another replica added
   * @param retry after a job that broke
   * @param lastWords what running jobs get when the replica stops, before they are cut short, and
   *     once more after that
   */
  public record Tempo(Duration heartbeat, Duration poll, Duration retry, Duration lastWords) {
    /**
     * A job whose replica was killed begins again within half a minute. With the last words of all
     * others, those of jobs have to fit into the half minute that Kubernetes gives who stops.
     */
    public static final Tempo USUAL =
        new Tempo(
            Duration.ofSeconds(4),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
  }
}

package dev.upstream.answer;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What there is to choose from, as far as the bot may see: names come from a cache and at once, and
 * what has become old is read again behind the answer.
 */
public interface Directory {
  /** Every cluster that may be named. */
  List<String> clusters();

  /**
   * Has the names of these clusters read where it is time for that, of all at once, and waits for
   * those that never were.
   *
   * @param most for all together; what came until then is there
   */
  default void ready(Collection<String> clusters, Duration most) {}

  /** Sorted; empty for a cluster that is not there, and while nothing of it is known. */
  List<String> namespaces(String cluster);

  /** Sorted; empty where nothing is known. */
  List<String> services(String cluster, String namespace);

  /**
   * How every cluster is, in the order of {@link #clusters}; waits some seconds for the answers.
   */
  List<ClusterStatus> status();
}

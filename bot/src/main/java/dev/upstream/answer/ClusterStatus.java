package dev.upstream.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one cluster is.
 *
 * @param recorded whether it is a recording, of which nothing can be asked any more
 * @param reachable whether its API server answered at all; a recording always does
 * @param kubernetes its version as it says it, such as {@code v1.34.1}
 * @param istio versions of the istiods that were seen, sorted, each once
 * @param missingRights what would have to be allowed in the whole cluster, each with what it is for
 * @param trouble in words what went wrong and what to do, without secrets
 * @param seenAt when this was so; empty when nothing was seen
 */
public record ClusterStatus(
    String cluster,
    boolean recorded,
    boolean reachable,
    Optional<String> kubernetes,
    List<String> istio,
    List<String> missingRights,
    Optional<String> trouble,
    Optional<Instant> seenAt) {
  public ClusterStatus {
    istio = List.copyOf(istio);
    missingRights = List.copyOf(missingRights);
  }

  /** A cluster of which nothing was seen. */
  public static ClusterStatus unseen(String cluster, String trouble, Optional<Instant> at) {
    return new ClusterStatus(
        cluster, false, false, Optional.empty(), List.of(), List.of(), Optional.of(trouble), at);
  }
}

package dev.upstream.policy;

import java.util.Optional;

/** One person's right to read. */
public record Reader(Policy policy, Person person) {
  /**
   * @param namespace empty for what belongs to none
   */
  public boolean may(String cluster, String namespace) {
    return policy.read(person, cluster, namespace) instanceof Decision.Allowed;
  }

  boolean may(Place place) {
    return may(place.cluster(), place.namespace());
  }

  /** Whether a rule lets the person read anything of a cluster. */
  public boolean mayEnter(String cluster) {
    return Policy.never(person).isEmpty()
        && policy.read().stream().anyMatch(r -> r.inCluster(cluster) && r.who().holds(person));
  }

  /** Why the person may not read anything anywhere; empty when a rule lets the person. */
  public Optional<Decision.Denied> shutOut() {
    return Policy.never(person)
        .or(
            () ->
                policy.read().stream().anyMatch(r -> r.who().holds(person))
                    ? Optional.empty()
                    : Optional.of(
                        new Decision.Denied(
                            "No rule of policy.yml gives you the right to read anything.")));
  }
}

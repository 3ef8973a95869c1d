package dev.upstream.path;

import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One way that a part of the requests goes: from one caller to one destination.
 *
 * @param parent the leg in another cluster that leads here
 * @param share the fraction of the target's requests
 * @param hops indexes into the path's hops
 * @param rule the DestinationRule in force, when there is one
 */
public record Leg(
    int id,
    Optional<Integer> parent,
    String cluster,
    double share,
    List<Integer> hops,
    Caller caller,
    Optional<Place> route,
    String host,
    int port,
    Optional<String> subset,
    Optional<Resource> rule,
    Backend backend) {

  /** A field of an object that decides. */
  public record Place(ObjectRef ref, String fieldPath) {}

  public Leg {
    hops = List.copyOf(hops);
  }

  /** The name of the Envoy cluster that Istio makes for this destination. */
  public String envoyCluster() {
    return "outbound|" + port + "|" + subset.orElse("") + "|" + host;
  }

  /** The labels of the subset, when the rule in force defines it. */
  public Optional<Map<String, String>> subsetLabels() {
    return subsetIndex()
        .flatMap(i -> rule.map(r -> r.at("spec").list("subsets").get(i).textMap("labels")));
  }

  /** Where in the rule's list of subsets this leg's subset stands. */
  public Optional<Integer> subsetIndex() {
    if (subset.isEmpty() || rule.isEmpty()) {
      return Optional.empty();
    }
    var subsets = rule.get().at("spec").list("subsets");
    for (int i = 0; i < subsets.size(); i++) {
      if (subsets.get(i).string("name").equals(subset.get())) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  Leg withShare(double newShare) {
    return new Leg(
        id, parent, cluster, newShare, hops, caller, route, host, port, subset, rule, backend);
  }
}

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
    Sent sent,
    String host,
    int port,
    Optional<String> subset,
    Optional<Resource> rule,
    Backend backend) {

  /** A field of an object that decides. */
  public record Place(ObjectRef ref, String fieldPath) {}

  /**
   * Who sends a request, and why there.
   *
   * @param request as it comes to the caller
   * @param taken the rule of a VirtualService that it takes
   * @param place the field that names the destination
   */
  public record Sent(
      Caller caller, Request request, Optional<RouteTable.Taken> taken, Optional<Place> place) {}

  /** The request as it comes to the caller. */
  public Request request() {
    return sent.request();
  }

  public Optional<RouteTable.Taken> taken() {
    return sent.taken();
  }

  public Caller caller() {
    return sent.caller();
  }

  /** The field that names the destination, when a route does. */
  public Optional<Place> route() {
    return sent.place();
  }

  public Leg {
    hops = List.copyOf(hops);
  }

  /** Whether Envoy finds its endpoints only with a request, so that its cluster holds none. */
  public boolean resolvesLate() {
    return backend instanceof Backend.External e
        && e.entries().stream()
            .map(x -> x.at("spec").text("resolution").orElse("NONE"))
            .allMatch(r -> r.equals("NONE") || r.equals("DYNAMIC_DNS"));
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
}

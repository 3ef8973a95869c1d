package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which DestinationRule is in force: the client's namespace, then the service's, then the root
 * namespace; the first level with a match wins whole, the most specific host in it (istio.io/istio
 * pilot/pkg/model/push_context.go, destinationRule). Several rules of one level and host are merged
 * into one: all their subsets count.
 */
public final class DestinationRules {
  private static final String ROOT = "istio-system";

  private DestinationRules() {}

  /**
   * The rule for a host, as a client's proxy sees it; of merged ones the one that defines the
   * subset, else the oldest.
   */
  public static Optional<Resource> inForce(
      ClusterView cluster,
      String clientNamespace,
      String host,
      String serviceNamespace,
      Optional<String> subset) {
    for (String level : List.of(clientNamespace, serviceNamespace, ROOT)) {
      List<Resource> matching =
          cluster.objects().in(Kind.DESTINATION_RULE, level).stream()
              .filter(d -> HostNames.covers(ruleHost(d), host))
              .filter(d -> Visibility.sees(clientNamespace, d))
              .sorted(
                  Comparator.comparing((Resource d) -> -HostNames.specificity(ruleHost(d)))
                      .thenComparing(d -> d.createdAt().orElse(Instant.EPOCH))
                      .thenComparing(Resource::name))
              .toList();
      if (!matching.isEmpty()) {
        Resource first = matching.getFirst();
        return matching.stream()
            .filter(d -> ruleHost(d).equals(ruleHost(first)))
            .filter(d -> subset.isPresent() && defines(d, subset.get()))
            .findFirst()
            .or(() -> Optional.of(first));
      }
    }
    return Optional.empty();
  }

  private static boolean defines(Resource rule, String subset) {
    return rule.at("spec").list("subsets").stream().anyMatch(s -> s.string("name").equals(subset));
  }

  private static String ruleHost(Resource rule) {
    return HostNames.full(rule.at("spec").string("host"), rule.namespace());
  }
}

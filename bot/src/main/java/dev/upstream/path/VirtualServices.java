package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which VirtualServices a proxy has for a host, and their rules. */
public final class VirtualServices {
  private VirtualServices() {}

  /** One HTTP rule of a VirtualService. */
  public record Rule(Resource virtualService, int index, Fields http) {
    public String fieldPath() {
      return "spec.http[" + index + "]";
    }

    /** How a person names it. */
    String words() {
      return virtualService.name() + " " + fieldPath();
    }

    /** Whether a match takes every request, or there is none. */
    boolean takesEverything() {
      List<Fields> matches = http.list("match");
      return matches.isEmpty() || matches.stream().anyMatch(Rule::everything);
    }

    private static boolean everything(Fields match) {
      Set<String> asked = match.map().keySet();
      return match.string("uri", "prefix").equals("/")
          && asked.stream().allMatch(k -> Set.of("uri", "name", "gateways").contains(k));
    }
  }

  /**
   * The VirtualServices with the most specific host, oldest first.
   *
   * @param gateway {@code mesh}, or a Gateway as {@code namespace/name}
   * @param namespace of the proxy
   */
  static List<Resource> forHost(
      ClusterView cluster, String gateway, String namespace, String host) {
    List<Resource> covering =
        cluster.objects().all(Kind.VIRTUAL_SERVICE).stream()
            .filter(v -> gateways(v).contains(gateway))
            .filter(v -> Visibility.sees(namespace, v))
            .filter(v -> specificity(v, host) >= 0)
            .toList();
    int most = covering.stream().mapToInt(v -> specificity(v, host)).max().orElse(-1);
    return covering.stream()
        .filter(v -> specificity(v, host) == most)
        .sorted(
            Comparator.comparing((Resource v) -> v.createdAt().orElse(Instant.EPOCH))
                .thenComparing(Resource::namespace)
                .thenComparing(Resource::name))
        .toList();
  }

  private static int specificity(Resource virtualService, String host) {
    return hosts(virtualService).stream()
        .filter(h -> HostNames.covers(h, host))
        .mapToInt(HostNames::specificity)
        .max()
        .orElse(-1);
  }

  /** Whether any VirtualService leads requests for the host inside the mesh. */
  static boolean inMesh(ClusterView cluster, String host) {
    return cluster.objects().all(Kind.VIRTUAL_SERVICE).stream()
        .anyMatch(v -> gateways(v).contains("mesh") && hosts(v).contains(host));
  }

  /** The hosts as full names. */
  public static List<String> hosts(Resource virtualService) {
    return virtualService.at("spec").texts("hosts").stream()
        .map(h -> HostNames.full(h, virtualService.namespace()))
        .toList();
  }

  /** The hosts that are no pattern. */
  static List<String> exactHosts(Resource virtualService) {
    return hosts(virtualService).stream().filter(h -> !h.startsWith("*")).toList();
  }

  /** The gateways as {@code namespace/name}; none given means the mesh. */
  public static List<String> gateways(Resource virtualService) {
    List<String> named = virtualService.at("spec").texts("gateways");
    return named.isEmpty() ? List.of("mesh") : full(named, virtualService.namespace());
  }

  static List<String> full(List<String> gateways, String namespace) {
    return gateways.stream()
        .map(g -> g.equals("mesh") || g.contains("/") ? g : namespace + "/" + g)
        .toList();
  }

  /** All HTTP rules in the order of the object. */
  static List<Rule> rules(Resource virtualService) {
    List<Rule> all = new ArrayList<>();
    List<Fields> http = virtualService.at("spec").list("http");
    for (int i = 0; i < http.size(); i++) {
      all.add(new Rule(virtualService, i, http.get(i)));
    }
    return all;
  }
}

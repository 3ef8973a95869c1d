package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which VirtualService and which of its HTTP rules take a request. */
public final class VirtualServices {
  private VirtualServices() {}

  /** One HTTP rule of a VirtualService. */
  public record Rule(Resource virtualService, int index, Fields http) {
    public String fieldPath() {
      return "spec.http[" + index + "]";
    }
  }

  /**
   * The VirtualService that a proxy uses for a host.
   *
   * @param gateway {@code mesh}, or a Gateway as {@code namespace/name}
   */
  public static Optional<Resource> forHost(
      ClusterView cluster, String gateway, String clientNamespace, String host) {
    return cluster.objects().all(Kind.VIRTUAL_SERVICE).stream()
        .filter(v -> gateways(v).contains(gateway))
        .filter(v -> !gateway.equals("mesh") || Visibility.sees(clientNamespace, v))
        .filter(v -> hosts(v).stream().anyMatch(h -> HostNames.covers(h, host)))
        .min(
            Comparator.comparing(
                    (Resource v) ->
                        hosts(v).stream()
                            .filter(h -> HostNames.covers(h, host))
                            .mapToInt(h -> -HostNames.specificity(h))
                            .min()
                            .orElse(0))
                .thenComparing(v -> v.createdAt().orElse(Instant.EPOCH))
                .thenComparing(Resource::namespace)
                .thenComparing(Resource::name));
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

  /** The gateways as {@code namespace/name}; none given means the mesh. */
  public static List<String> gateways(Resource virtualService) {
    List<String> named = virtualService.at("spec").texts("gateways");
    return named.isEmpty()
        ? List.of("mesh")
        : named.stream()
            .map(
                g -> g.equals("mesh") || g.contains("/") ? g : virtualService.namespace() + "/" + g)
            .toList();
  }

  /**
   * The rules that a plain request may take: the first that fits the path; without a path the one
   * that takes {@code /}, else every rule on its own (RULES.md R6).
   */
  public static List<Rule> rules(Resource virtualService, Optional<String> path, String gateway) {
    List<Rule> all = new ArrayList<>();
    List<Fields> http = virtualService.at("spec").list("http");
    for (int i = 0; i < http.size(); i++) {
      all.add(new Rule(virtualService, i, http.get(i)));
    }
    Optional<Rule> first =
        all.stream().filter(r -> takes(r.http(), path.orElse("/"), gateway)).findFirst();
    if (first.isPresent()) {
      return List.of(first.get());
    }
    return path.isPresent() ? List.of() : all;
  }

  private static boolean takes(Fields http, String path, String gateway) {
    List<Fields> matches = http.list("match");
    return matches.isEmpty() || matches.stream().anyMatch(m -> plain(m, path, gateway));
  }

  private static boolean plain(Fields match, String path, String gateway) {
    boolean asksMore =
        !match.map("headers").isEmpty()
            || !match.map("queryParams").isEmpty()
            || !match.map("sourceLabels").isEmpty()
            || match.at("authority").present()
            || match.at("sourceNamespace").present()
            || match.text("method", "exact").map(m -> !m.equals("GET")).orElse(false);
    List<String> gateways = match.texts("gateways");
    return !asksMore
        && (gateways.isEmpty() || gateways.contains(gateway))
        && uri(match.at("uri"), path, match.flag("ignoreUriCase"));
  }

  private static boolean uri(Fields uri, String path, boolean ignoreCase) {
    if (!uri.present()) {
      return true;
    }
    String p = ignoreCase ? path.toLowerCase(java.util.Locale.ROOT) : path;
    Optional<String> exact = uri.text("exact").map(e -> fold(e, ignoreCase));
    Optional<String> prefix = uri.text("prefix").map(e -> fold(e, ignoreCase));
    Optional<String> regex = uri.text("regex");
    if (exact.isPresent()) {
      return exact.get().equals(p);
    }
    if (prefix.isPresent()) {
      return p.startsWith(prefix.get());
    }
    return regex.map(r -> PathRegex.whole(r, p) == PathRegex.Match.YES).orElse(true);
  }

  private static String fold(String text, boolean ignoreCase) {
    return ignoreCase ? text.toLowerCase(java.util.Locale.ROOT) : text;
  }
}

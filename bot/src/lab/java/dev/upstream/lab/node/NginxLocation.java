package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A location of a server.
 *
 * @param modifier {@code "= "} for an exact one, else empty
 * @param upstream its name
 */
record NginxLocation(String modifier, String path, Optional<Ingress> ingress, String upstream) {
  /** In the order in which the hosts are met; {@code _} is whatever no other server takes. */
  static Map<String, List<NginxLocation>> byHost(List<Ingress> ingresses) {
    Map<String, List<NginxLocation>> servers = new LinkedHashMap<>();
    NginxLocation nothing =
        new NginxLocation("", "/", Optional.empty(), NginxUpstreams.DEFAULT_BACKEND);
    NginxLocation catchAll =
        ingresses.stream()
            .filter(
                ingress ->
                    ingress.getSpec().getRules().isEmpty()
                        && ingress.getSpec().getDefaultBackend() != null)
            .map(ingress -> location("", "/", ingress, ingress.getSpec().getDefaultBackend()))
            .findFirst()
            .orElse(nothing);
    for (Ingress ingress : ingresses) {
      for (IngressRule rule : ingress.getSpec().getRules()) {
        String host = Optional.ofNullable(rule.getHost()).orElse("_");
        List<NginxLocation> locations = servers.computeIfAbsent(host, key -> new ArrayList<>());
        paths(rule).forEach(path -> add(locations, ingress, path));
      }
    }
    servers.computeIfAbsent("_", key -> new ArrayList<>()).add(catchAll);
    for (Ingress ingress : ingresses) {
      for (IngressRule rule : ingress.getSpec().getRules()) {
        List<NginxLocation> locations =
            servers.getOrDefault(Optional.ofNullable(rule.getHost()).orElse("_"), List.of());
        if (locations.stream()
            .noneMatch(one -> one.modifier().isEmpty() && one.path().equals("/"))) {
          locations.add(
              Optional.ofNullable(ingress.getSpec().getDefaultBackend())
                  .map(backend -> location("", "/", ingress, backend))
                  .orElse(nothing));
        }
      }
    }
    return servers;
  }

  private static void add(List<NginxLocation> locations, Ingress ingress, HTTPIngressPath path) {
    String wanted = Optional.ofNullable(path.getPath()).filter(text -> !text.isEmpty()).orElse("/");
    boolean prefix = path.getPathType().equals("Prefix") && !wanted.equals("/");
    if (path.getPathType().equals("Exact") || prefix) {
      put(locations, location("= ", wanted, ingress, path.getBackend()));
    }
    if (!path.getPathType().equals("Exact")) {
      String open = prefix && !wanted.endsWith("/") ? wanted + "/" : wanted;
      put(locations, location("", open, ingress, path.getBackend()));
    }
  }

  /** The older Ingress keeps the location. */
  private static void put(List<NginxLocation> locations, NginxLocation location) {
    if (locations.stream()
        .noneMatch(
            one ->
                one.modifier().equals(location.modifier()) && one.path().equals(location.path()))) {
      locations.add(location);
    }
  }

  private static NginxLocation location(
      String modifier, String path, Ingress ingress, IngressBackend backend) {
    return new NginxLocation(
        modifier, path, Optional.of(ingress), NginxUpstreams.name(ingress, backend));
  }

  static List<HTTPIngressPath> paths(IngressRule rule) {
    return rule.getHttp() == null ? List.of() : rule.getHttp().getPaths();
  }
}

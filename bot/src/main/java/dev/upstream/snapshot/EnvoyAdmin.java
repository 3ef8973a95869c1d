package dev.upstream.snapshot;

import dev.upstream.snapshot.ProxyView.ProxyCluster;
import dev.upstream.snapshot.ProxyView.ProxyHost;
import dev.upstream.snapshot.ProxyView.ProxyRoute;
import dev.upstream.snapshot.ProxyView.Weighted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Envoy's admin answers as trees (envoy/admin/v3 clusters.proto, config_dump_shared.proto): only
 * what {@link ProxyView} holds is taken, so that no header, certificate or statistic comes along.
 */
public final class EnvoyAdmin {
  private static final String ROUTES_TYPE = "type.googleapis.com/envoy.admin.v3.RoutesConfigDump";

  private EnvoyAdmin() {}

  /** From {@code /clusters?format=json}; default values are omitted there. */
  public static List<ProxyCluster> clusters(Object tree, Predicate<String> wanted) {
    List<ProxyCluster> clusters = new ArrayList<>();
    for (Fields status : Fields.of(tree).list("cluster_statuses")) {
      String name = status.string("name");
      if (wanted.test(name)) {
        clusters.add(
            new ProxyCluster(
                name, status.list("host_statuses").stream().map(EnvoyAdmin::host).toList()));
      }
    }
    return clusters;
  }

  private static ProxyHost host(Fields host) {
    Fields socket = host.at("address", "socket_address");
    Fields internal = host.at("address", "envoy_internal_address");
    Fields health = host.at("health_status");
    return new ProxyHost(
        socket.present() ? socket.string("address") : internal.string("endpoint_id"),
        socket.number("port_value").orElse(0),
        health.flag("failed_outlier_check"),
        health.flag("failed_active_health_check"),
        health.string("eds_health_status"));
  }

  /** From {@code /config_dump}, whole or limited to {@code dynamic_route_configs}. */
  public static List<ProxyRoute> routes(Object tree) {
    List<ProxyRoute> routes = new ArrayList<>();
    for (Fields config : Fields.of(tree).list("configs")) {
      addConfiguration(config, routes);
      config.list("dynamic_route_configs").forEach(c -> addConfiguration(c, routes));
    }
    return routes;
  }

  private static void addConfiguration(Fields dynamic, List<ProxyRoute> routes) {
    Fields configuration = dynamic.at("route_config");
    for (Fields host : configuration.list("virtual_hosts")) {
      for (Fields route : host.list("routes")) {
        List<Weighted> clusters = weighted(route.at("route"));
        if (!clusters.isEmpty()) {
          routes.add(
              new ProxyRoute(
                  configuration.string("name"),
                  host.texts("domains"),
                  match(route.at("match")),
                  conditions(route.at("match")),
                  clusters));
        }
      }
    }
  }

  private static List<Weighted> weighted(Fields action) {
    List<Fields> several = action.list("weighted_clusters", "clusters");
    return several.isEmpty()
        ? action.text("cluster").map(c -> List.of(new Weighted(c, 1))).orElse(List.of())
        : several.stream()
            .map(c -> new Weighted(c.string("name"), c.number("weight").orElse(0)))
            .toList();
  }

  private static SortedSet<String> conditions(Fields match) {
    SortedSet<String> names = new TreeSet<>();
    match.list("headers").forEach(h -> names.add(h.string("name")));
    match.list("query_parameters").forEach(q -> names.add("?" + q.string("name")));
    return names;
  }

  private static String match(Fields match) {
    return match
        .text("prefix")
        .map(p -> "prefix " + shown(p))
        .or(() -> match.text("path_separated_prefix").map(p -> "prefix " + shown(p)))
        .or(() -> match.text("path").map(p -> "exact " + shown(p)))
        .orElseGet(() -> "regex " + shown(match.string("safe_regex", "regex")));
  }

  /** A path that holds a credential goes as a whole, as in the VirtualService it comes from. */
  private static String shown(String path) {
    return LogRedaction.credentials(path).equals(path) ? path : "(redacted)";
  }

  /** The clusters in Envoy's own form. */
  public static Map<String, Object> clustersTree(ProxyView proxy) {
    List<Object> statuses = new ArrayList<>();
    for (ProxyCluster cluster : proxy.clusters()) {
      Map<String, Object> status = new LinkedHashMap<>();
      status.put("name", cluster.name());
      if (!cluster.hosts().isEmpty()) {
        status.put("host_statuses", cluster.hosts().stream().map(EnvoyAdmin::hostTree).toList());
      }
      statuses.add(status);
    }
    return Map.of("cluster_statuses", statuses);
  }

  private static Map<String, Object> hostTree(ProxyHost host) {
    Map<String, Object> health = new LinkedHashMap<>();
    if (host.ejected()) {
      health.put("failed_outlier_check", true);
    }
    if (host.failedHealthCheck()) {
      health.put("failed_active_health_check", true);
    }
    if (!host.edsHealth().isEmpty()) {
      health.put("eds_health_status", host.edsHealth());
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(
        "address",
        Map.of("socket_address", Map.of("address", host.address(), "port_value", host.port())));
    tree.put("health_status", health);
    return tree;
  }

  /** The routes in Envoy's own form. */
  public static Map<String, Object> routesTree(List<ProxyRoute> routes) {
    List<Object> dynamic = new ArrayList<>();
    int i = 0;
    for (ProxyRoute route : routes) {
      List<Object> clusters = new ArrayList<>();
      route
          .clusters()
          .forEach(w -> clusters.add(Map.of("name", w.cluster(), "weight", w.weight())));
      Map<String, Object> host = new LinkedHashMap<>();
      host.put("name", "v" + i++);
      host.put("domains", route.domains());
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("match", matchTree(route));
      tree.put("route", Map.of("weighted_clusters", Map.of("clusters", clusters)));
      host.put("routes", List.of(tree));
      dynamic.add(
          Map.of(
              "route_config",
              Map.of("name", route.configuration(), "virtual_hosts", List.of(host))));
    }
    return Map.of(
        "configs", List.of(Map.of("@type", ROUTES_TYPE, "dynamic_route_configs", dynamic)));
  }

  private static Map<String, Object> matchTree(ProxyRoute route) {
    String match = route.match();
    String value = match.substring(match.indexOf(' ') + 1);
    Map<String, Object> tree = new LinkedHashMap<>();
    switch (match.substring(0, match.indexOf(' '))) {
      case "prefix" -> tree.put("prefix", value);
      case "exact" -> tree.put("path", value);
      default -> tree.put("safe_regex", Map.of("regex", value));
    }
    List<Object> headers = new ArrayList<>();
    List<Object> parameters = new ArrayList<>();
    for (String name : route.conditions()) {
      if (name.startsWith("?")) {
        parameters.add(Map.of("name", name.substring(1)));
      } else {
        headers.add(Map.of("name", name));
      }
    }
    if (!headers.isEmpty()) {
      tree.put("headers", headers);
    }
    if (!parameters.isEmpty()) {
      tree.put("query_parameters", parameters);
    }
    return tree;
  }
}

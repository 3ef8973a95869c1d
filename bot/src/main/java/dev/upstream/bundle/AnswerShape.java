package dev.upstream.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether an admin answer of Envoy or istiod has the form that its name says: a value that cannot
 * be read must not count as zero, and a 404 page not as an empty answer.
 */
final class AnswerShape {
  private static final Set<String> HEALTH =
      Set.of(
          "failed_outlier_check",
          "failed_active_health_check",
          "failed_active_degraded_check",
          "pending_dynamic_removal",
          "pending_active_hc",
          "excluded_via_immediate_hc_fail",
          "active_hc_timeout");
  private static final Set<String> NONCES =
      Set.of(
          "proxy",
          "cluster_id",
          "cluster_sent",
          "cluster_acked",
          "listener_sent",
          "listener_acked",
          "route_sent",
          "route_acked",
          "endpoint_sent",
          "endpoint_acked");

  private AnswerShape() {}

  static boolean right(String file, Object tree) {
    return switch (file) {
      case "clusters.json" -> tree instanceof Map<?, ?> m && clusters(m);
      case "config_dump.json" -> tree instanceof Map<?, ?> m && routes(m);
      case "syncz.json" ->
          empty(tree) || all(tree, row -> row.keySet().containsAll(Set.of("proxy")) && texts(row));
      case "registryz.json" -> empty(tree) || all(tree, service -> text(service, "hostname"));
      default -> tree instanceof Map<?, ?>;
    };
  }

  private static boolean empty(Object tree) {
    return tree instanceof Map<?, ?> m && m.isEmpty();
  }

  private static boolean all(Object list, Predicate<Map<?, ?>> right) {
    return list instanceof List<?> l
        && l.stream().allMatch(item -> item instanceof Map<?, ?> m && right.test(m));
  }

  /** The list under a key, which may be absent, but nothing else than a list. */
  private static boolean each(Map<?, ?> map, String key, Predicate<Map<?, ?>> right) {
    return !map.containsKey(key) || all(map.get(key), right);
  }

  private static boolean inside(Map<?, ?> map, String key, Predicate<Map<?, ?>> right) {
    return !map.containsKey(key) || (map.get(key) instanceof Map<?, ?> m && right.test(m));
  }

  private static boolean text(Map<?, ?> map, String key) {
    return !map.containsKey(key) || map.get(key) instanceof String;
  }

  private static boolean number(Map<?, ?> map, String key) {
    return switch (Optional.ofNullable((Object) map.get(key)).orElse(0)) {
      case Integer i -> i >= 0;
      case Long l -> l >= 0;
      case String s -> s.matches("\\d{1,9}");
      default -> false;
    };
  }

  private static boolean texts(Map<?, ?> row) {
    return NONCES.stream().allMatch(k -> text(row, k));
  }

  private static boolean clusters(Map<?, ?> answer) {
    return answer.containsKey("cluster_statuses")
        && each(
            answer,
            "cluster_statuses",
            c -> c.get("name") instanceof String && each(c, "host_statuses", AnswerShape::host));
  }

  private static boolean host(Map<?, ?> host) {
    return host.get("address") instanceof Map<?, ?> address
        && inside(address, "socket_address", s -> text(s, "address") && number(s, "port_value"))
        && inside(address, "envoy_internal_address", e -> text(e, "endpoint_id"))
        && inside(
            host,
            "health_status",
            h ->
                text(h, "eds_health_status")
                    && HEALTH.stream()
                        .allMatch(k -> !h.containsKey(k) || h.get(k) instanceof Boolean));
  }

  private static boolean routes(Map<?, ?> answer) {
    return answer.containsKey("configs")
        && each(
            answer,
            "configs",
            c -> configuration(c) && each(c, "dynamic_route_configs", AnswerShape::configuration));
  }

  private static boolean configuration(Map<?, ?> dynamic) {
    return inside(
        dynamic,
        "route_config",
        c ->
            text(c, "name")
                && each(
                    c,
                    "virtual_hosts",
                    v ->
                        (!v.containsKey("domains") || v.get("domains") instanceof List<?>)
                            && each(v, "routes", AnswerShape::route)));
  }

  private static boolean route(Map<?, ?> route) {
    return inside(
            route,
            "match",
            m ->
                text(m, "prefix")
                    && text(m, "path")
                    && text(m, "path_separated_prefix")
                    && inside(m, "safe_regex", r -> text(r, "regex")))
        && inside(
            route,
            "route",
            r ->
                text(r, "cluster")
                    && inside(
                        r,
                        "weighted_clusters",
                        w -> each(w, "clusters", c -> text(c, "name") && number(c, "weight"))));
  }
}

package dev.upstream.snapshot;

import dev.upstream.snapshot.ControlPlaneView.RegistryService;
import dev.upstream.snapshot.ControlPlaneView.Shard;
import dev.upstream.snapshot.ControlPlaneView.SyncRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** istiod's debug answers as trees (istio.io/istio pilot/pkg/xds/debug.go, statusgen.go). */
public final class IstiodDebug {
  private static final List<String> TYPES = List.of("cluster", "listener", "route", "endpoint");

  /** The types' URLs by the names that syncz has for them. */
  private static final Map<String, String> URLS =
      Map.of(
          "cluster", "type.googleapis.com/envoy.config.cluster.v3.Cluster",
          "listener", "type.googleapis.com/envoy.config.listener.v3.Listener",
          "route", "type.googleapis.com/envoy.config.route.v3.RouteConfiguration",
          "endpoint", "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment");

  private static final String DUPLICATES = "pilot_duplicate_envoy_clusters";

  /** Gauges and counters that diagnosis reads; they carry no labels. */
  public static final Set<String> METRICS =
      Set.of(DUPLICATES, "pilot_services", "pilot_virt_services");

  private IstiodDebug() {}

  /** From {@code /debug/syncz}; the values there are nonces. */
  public static List<SyncRow> sync(Object tree, Predicate<String> wanted) {
    List<SyncRow> rows = new ArrayList<>();
    for (Fields row : Fields.of(Map.of("rows", tree)).list("rows")) {
      String proxy = row.string("proxy");
      if (wanted.test(proxy)) {
        Map<String, String> types = new TreeMap<>();
        for (String type : TYPES) {
          types.put(type, state(row.string(type + "_sent"), row.string(type + "_acked")));
        }
        Map<String, String> errors = new TreeMap<>();
        Map<String, Instant> sent = new TreeMap<>();
        row.map("resources")
            .forEach(
                (url, r) -> {
                  r.text("lastError")
                      .filter(e -> !e.isEmpty())
                      .ifPresent(e -> errors.put(url, LogRedaction.mask(e)));
                  type(url)
                      .filter(t -> types.getOrDefault(t, "").equals("STALE"))
                      .ifPresent(t -> r.time("sentTime").ifPresent(at -> sent.put(t, at)));
                });
        rows.add(new SyncRow(row.string("cluster_id"), proxy, types, sent, errors));
      }
    }
    return rows;
  }

  private static Optional<String> type(String url) {
    return URLS.entrySet().stream()
        .filter(e -> url.equals(e.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static String state(String sent, String acked) {
    return sent.isEmpty() ? "NOT_SENT" : sent.equals(acked) ? "SYNCED" : "STALE";
  }

  /** From {@code /debug/registryz}. */
  public static List<RegistryService> registry(Object tree, Predicate<String> wantedHost) {
    List<RegistryService> services = new ArrayList<>();
    for (Fields s : Fields.of(Map.of("services", tree)).list("services")) {
      if (wantedHost.test(s.string("hostname"))) {
        Fields exportTo = s.at("Attributes", "ExportTo");
        services.add(
            new RegistryService(
                s.string("hostname"),
                s.string("Attributes", "Namespace"),
                s.string("Attributes", "Name"),
                s.list("ports").stream().map(p -> p.number("port").orElse(0)).toList(),
                exportTo.map().isEmpty()
                    ? exportTo.texts()
                    : exportTo.map().keySet().stream().sorted().toList()));
      }
    }
    return services;
  }

  /** From {@code /debug/endpointShardz}. */
  public static List<Shard> shards(Object tree, Predicate<String> wantedHost) {
    List<Shard> shards = new ArrayList<>();
    Fields.of(tree)
        .map()
        .forEach(
            (host, namespaces) -> {
              if (wantedHost.test(host)) {
                namespaces
                    .map()
                    .forEach(
                        (namespace, entry) ->
                            entry
                                .map("Shards")
                                .forEach(
                                    (origin, endpoints) ->
                                        shards.add(
                                            new Shard(
                                                host, namespace, origin, addresses(endpoints)))));
              }
            });
    return shards;
  }

  private static List<String> addresses(Fields endpoints) {
    List<String> found = new ArrayList<>();
    for (Fields e : endpoints.list()) {
      for (String address : e.texts("Addresses")) {
        found.add(address + ":" + e.string("EndpointPort"));
      }
    }
    return found;
  }

  /** From {@code /debug/push_status}: what istiod says of duplicate clusters. */
  public static Map<String, String> duplicates(Object tree) {
    Map<String, String> found = new TreeMap<>();
    Fields status = Fields.of(tree);
    Fields direct = status.at(DUPLICATES);
    (direct.present() ? direct : status.at("ProxyStatus", DUPLICATES))
        .map()
        .forEach((cluster, row) -> found.put(cluster, LogRedaction.mask(row.string("message"))));
    return found;
  }

  /** From {@code /metrics}: the metrics of {@link #METRICS}. */
  public static Map<String, Double> metrics(String text) {
    Map<String, Double> found = new TreeMap<>();
    for (String line : text.split("\n", -1)) {
      int space = line.indexOf(' ');
      if (space > 0 && METRICS.contains(line.substring(0, space))) {
        try {
          found.put(
              line.substring(0, space), Double.parseDouble(line.substring(space + 1).strip()));
        } catch (NumberFormatException e) {
          continue;
        }
      }
    }
    return found;
  }

  public static List<Object> syncTree(List<SyncRow> rows) {
    List<Object> tree = new ArrayList<>();
    for (SyncRow row : rows) {
      Map<String, Object> r = new LinkedHashMap<>();
      r.put("cluster_id", row.clusterId());
      r.put("proxy", row.proxy());
      for (String type : TYPES) {
        String state = row.types().getOrDefault(type, "NOT_SENT");
        r.put(type + "_sent", state.equals("NOT_SENT") ? "" : "1");
        r.put(type + "_acked", state.equals("SYNCED") ? "1" : "");
      }
      Map<String, Map<String, Object>> resources = new TreeMap<>();
      row.lastErrors()
          .forEach(
              (url, e) -> resources.computeIfAbsent(url, u -> new TreeMap<>()).put("lastError", e));
      row.sent()
          .forEach(
              (type, at) ->
                  resources
                      .computeIfAbsent(URLS.getOrDefault(type, type), u -> new TreeMap<>())
                      .put("sentTime", at.toString()));
      if (!resources.isEmpty()) {
        r.put("resources", resources);
      }
      tree.add(r);
    }
    return tree;
  }

  public static List<Object> registryTree(List<RegistryService> services) {
    List<Object> tree = new ArrayList<>();
    for (RegistryService s : services) {
      Map<String, Object> exportTo = new TreeMap<>();
      s.exportTo().forEach(e -> exportTo.put(e, Map.of()));
      tree.add(
          Map.of(
              "hostname",
              s.hostname(),
              "ports",
              s.ports().stream().map(p -> Map.of("port", p)).toList(),
              "Attributes",
              Map.of("Namespace", s.namespace(), "Name", s.name(), "ExportTo", exportTo)));
    }
    return tree;
  }

  public static Map<String, Object> shardsTree(List<Shard> shards) {
    Map<String, Map<String, Map<String, Object>>> tree = new TreeMap<>();
    for (Shard s : shards) {
      List<Object> endpoints = new ArrayList<>();
      for (String endpoint : s.endpoints()) {
        int colon = endpoint.lastIndexOf(':');
        endpoints.add(
            Map.of(
                "Addresses",
                List.of(endpoint.substring(0, colon)),
                "EndpointPort",
                endpoint.substring(colon + 1)));
      }
      tree.computeIfAbsent(s.hostname(), h -> new TreeMap<>())
          .computeIfAbsent(s.namespace(), n -> new TreeMap<>())
          .put(s.origin(), endpoints);
    }
    Map<String, Object> out = new TreeMap<>();
    tree.forEach(
        (host, namespaces) -> {
          Map<String, Object> inner = new TreeMap<>();
          namespaces.forEach((n, origins) -> inner.put(n, Map.of("Shards", origins)));
          out.put(host, inner);
        });
    return out;
  }

  public static Map<String, Object> duplicatesTree(Map<String, String> duplicates) {
    Map<String, Object> rows = new TreeMap<>();
    duplicates.forEach((cluster, message) -> rows.put(cluster, Map.of("message", message)));
    return rows.isEmpty() ? Map.of() : Map.of(DUPLICATES, rows);
  }

  public static String metricsText(Map<String, Double> metrics) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(metrics).forEach((name, value) -> text.append(name + " " + value + "\n"));
    return text.toString();
  }
}

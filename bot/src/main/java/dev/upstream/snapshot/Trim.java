package dev.upstream.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Cuts an object down to what checks read, at the border, before anything else sees it: environment
 * values, arguments, last-applied annotations, ConfigMap data, EnvoyFilter patches and header
 * values never enter (PRODUCT.md section 7; RULES.md R17 has the closed list of what passes).
 */
public final class Trim {
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "kubernetes.io/ingress.class",
          "ingressclass.kubernetes.io/is-default-class",
          "networking.istio.io/exportTo",
          "ambient.istio.io/redirection",
          "istio.io/dry-run",
          "deployment.kubernetes.io/revision",
          "nginx.ingress.kubernetes.io/backend-protocol",
          "nginx.ingress.kubernetes.io/rewrite-target",
          "nginx.ingress.kubernetes.io/use-regex",
          "nginx.ingress.kubernetes.io/proxy-connect-timeout",
          "nginx.ingress.kubernetes.io/canary",
          "nginx.ingress.kubernetes.io/canary-weight",
          "argocd.argoproj.io/tracking-id",
          "meta.helm.sh/release-name",
          "meta.helm.sh/release-namespace");
  private static final Set<String> ARGUMENTS =
      Set.of(
          "--controller-class",
          "--ingress-class",
          "--ingress-class-by-name",
          "--watch-namespace",
          "--watch-namespace-selector",
          "--watch-ingress-without-class",
          "--proxy-mode");
  private static final Set<String> CONFIG_KEYS =
      Set.of(
          "proxy-connect-timeout",
          "proxy-read-timeout",
          "proxy-next-upstream",
          "proxy-next-upstream-tries",
          "upstream-keepalive-timeout",
          "log-format-upstream",
          "log-format-escape-json",
          "max-worker-connections");
  private static final Pattern MESH_LINE =
      Pattern.compile(
          "^\\s*(accessLogFile|accessLogEncoding|enableAutoMtls|rootNamespace|trustDomain"
              + "|outboundTrafficPolicy|mode|default(?:Service|VirtualService|DestinationRule)ExportTo"
              + "|discoverySelectors)\\s*:.*");

  private static final Set<String> STRATEGY_HIDDEN =
      Set.of("args", "match", "annotations", "value", "headerValue");
  private static final Set<String> CONTAINER =
      Set.of(
          "name",
          "image",
          "ports",
          "readinessProbe",
          "livenessProbe",
          "startupProbe",
          "resources",
          "restartPolicy");
  private static final Set<String> EVENT =
      Set.of(
          "involvedObject",
          "reason",
          "message",
          "type",
          "count",
          "firstTimestamp",
          "lastTimestamp",
          "eventTime",
          "series",
          "source",
          "reportingComponent",
          "action");
  private static final Set<String> STATUS_HIDDEN =
      Set.of("message", "images", "nodeInfo", "imageID", "containerID");
  private static final Set<String> POD_SPEC =
      Set.of(
          "nodeName",
          "hostNetwork",
          "readinessGates",
          "restartPolicy",
          "priorityClassName",
          "terminationGracePeriodSeconds",
          "schedulingGates",
          "serviceAccountName");

  private Trim() {}

  /** The object with only what may be seen and is read. */
  public static Resource trim(Kind kind, Map<String, Object> tree) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("apiVersion", Fields.of(tree).text("apiVersion").orElse(kind.apiVersion()));
    out.put("kind", kind.kind());
    out.put("metadata", metadata(map(tree.get("metadata"))));
    switch (kind) {
      case POD -> put(out, "spec", podSpec(map(tree.get("spec"))));
      case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, REPLICA_SET, ROLLOUT, JOB ->
          put(out, "spec", workloadSpec(map(tree.get("spec"))));
      case CONFIG_MAP -> put(out, "data", configData(map(tree.get("data"))));
      case ENVOY_FILTER -> put(out, "spec", envoyFilter(map(tree.get("spec"))));
      case AUTHORIZATION_POLICY -> put(out, "spec", policy(map(tree.get("spec"))));
      case WASM_PLUGIN ->
          put(
              out,
              "spec",
              only(map(tree.get("spec")), Set.of("selector", "targetRef", "targetRefs")));
      case VIRTUAL_SERVICE, HTTP_ROUTE -> put(out, "spec", RouteTrim.routes(map(tree.get("spec"))));
      case ROUTE -> put(out, "spec", RouteTrim.openShift(map(tree.get("spec"))));
      case NODE -> put(out, "spec", only(map(tree.get("spec")), Set.of("unschedulable", "taints")));
      case EVENT ->
          tree.forEach(
              (k, v) -> {
                if (v != null && EVENT.contains(k)) {
                  out.put(k, k.equals("message") ? message(v) : v);
                }
              });
      case ENDPOINT_SLICE -> {
        for (String key : List.of("addressType", "endpoints", "ports")) {
          putIfSet(out, key, tree.get(key));
        }
      }
      default -> putIfSet(out, "spec", tree.get("spec"));
    }
    putIfSet(out, "status", status(kind, tree.get("status")));
    return new Resource(kind, out);
  }

  private static Map<String, Object> metadata(Map<String, Object> metadata) {
    Map<String, Object> out =
        only(
            metadata,
            Set.of(
                "name",
                "namespace",
                "uid",
                "labels",
                "creationTimestamp",
                "deletionTimestamp",
                "generation",
                "ownerReferences"));
    Map<String, Object> annotations = only(map(metadata.get("annotations")), ANNOTATIONS);
    if (!annotations.isEmpty()) {
      out.put("annotations", annotations);
    }
    List<Object> fields = new ArrayList<>();
    for (Object entry : list(metadata.get("managedFields"))) {
      Map<String, Object> e = map(entry);
      Map<String, Object> spec = map(map(e.get("fieldsV1")).get("f:spec"));
      if (!spec.isEmpty()) {
        Map<String, Object> kept = only(e, Set.of("manager", "operation", "time", "subresource"));
        kept.put("fieldsV1", Map.of("f:spec", spec));
        fields.add(kept);
      }
    }
    if (!fields.isEmpty()) {
      out.put("managedFields", fields);
    }
    return out;
  }

  private static Map<String, Object> podSpec(Map<String, Object> spec) {
    Map<String, Object> out = only(spec, POD_SPEC);
    for (String key : List.of("containers", "initContainers")) {
      List<Object> containers =
          list(spec.get(key)).stream().map(c -> (Object) container(map(c))).toList();
      if (!containers.isEmpty()) {
        out.put(key, containers);
      }
    }
    return out;
  }

  private static Map<String, Object> container(Map<String, Object> container) {
    Map<String, Object> out = only(container, CONTAINER);
    List<Object> arguments = new ArrayList<>();
    for (String key : List.of("command", "args")) {
      for (Object argument : list(container.get(key))) {
        String text = String.valueOf(argument);
        String name = text.contains("=") ? text.substring(0, text.indexOf('=')) : text;
        if (ARGUMENTS.contains(name)) {
          arguments.add(text);
        }
      }
    }
    if (!arguments.isEmpty()) {
      out.put("args", arguments);
    }
    for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
      if (out.containsKey(probe)) {
        out.put(probe, probe(map(out.get(probe))));
      }
    }
    return out;
  }

  private static Map<String, Object> probe(Map<String, Object> probe) {
    Map<String, Object> out = new LinkedHashMap<>(probe);
    if (out.containsKey("exec")) {
      out.put("exec", Map.of());
    }
    if (out.get("httpGet") instanceof Map<?, ?> get) {
      Map<String, Object> http = only(map(get), Set.of("path", "port", "scheme", "host"));
      http.computeIfPresent("path", (k, v) -> LogRedaction.mask(String.valueOf(v)));
      out.put("httpGet", http);
    }
    return out;
  }

  private static Map<String, Object> workloadSpec(Map<String, Object> spec) {
    Map<String, Object> out =
        only(
            spec,
            Set.of(
                "replicas",
                "selector",
                "strategy",
                "updateStrategy",
                "paused",
                "serviceName",
                "minReadySeconds",
                "workloadRef"));
    out.computeIfPresent("strategy", (k, v) -> without(STRATEGY_HIDDEN, v));
    out.computeIfPresent(
        "workloadRef", (k, v) -> only(map(v), Set.of("apiVersion", "kind", "name")));
    Map<String, Object> template = map(spec.get("template"));
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("metadata", only(map(template.get("metadata")), Set.of("labels")));
    kept.put("spec", podSpec(map(template.get("spec"))));
    out.put("template", kept);
    return out;
  }

  private static Map<String, Object> configData(Map<String, Object> data) {
    Map<String, Object> out = only(data, CONFIG_KEYS);
    for (String key : List.of("mesh", "config.conf")) {
      if (data.get(key) instanceof String text) {
        out.put(
            key,
            String.join("\n", text.lines().filter(l -> MESH_LINE.matcher(l).matches()).toList()));
      }
    }
    return out;
  }

  /** Whom and what it names is nobody's business; whether a rule names anything is. */
  private static Map<String, Object> policy(Map<String, Object> spec) {
    Map<String, Object> out = only(spec, Set.of("selector", "targetRef", "targetRefs", "action"));
    if (spec.containsKey("rules")) {
      List<Object> rules = new ArrayList<>();
      for (Object rule : list(spec.get("rules"))) {
        Map<String, Object> bare = new LinkedHashMap<>();
        map(rule).keySet().forEach(k -> bare.put(k, List.of()));
        rules.add(bare);
      }
      out.put("rules", rules);
    }
    return out;
  }

  private static Map<String, Object> envoyFilter(Map<String, Object> spec) {
    Map<String, Object> out = only(spec, Set.of("workloadSelector", "targetRefs"));
    out.put(
        "configPatches",
        list(spec.get("configPatches")).stream()
            .map(p -> (Object) only(map(p), Set.of("applyTo")))
            .toList());
    return out;
  }

  private static Object status(Kind kind, @org.jspecify.annotations.Nullable Object status) {
    Map<String, Object> node = map(status);
    return kind == Kind.POD || kind == Kind.NODE
        ? map(without(STATUS_HIDDEN, node))
        : map(masked(node));
  }

  private static Object without(Set<String> hidden, Object value) {
    return switch (value) {
      case Map<?, ?> m -> {
        Map<String, Object> out = new LinkedHashMap<>();
        map(m)
            .forEach(
                (k, v) -> {
                  if (!hidden.contains(k)) {
                    out.put(k, without(hidden, v));
                  }
                });
        yield out;
      }
      case List<?> l -> list(l).stream().map(v -> without(hidden, v)).toList();
      default -> value;
    };
  }

  private static String message(Object value) {
    return LogRedaction.mask(CommandText.without(String.valueOf(value)));
  }

  private static Object masked(Object value) {
    return switch (value) {
      case Map<?, ?> m -> {
        Map<String, Object> out = new LinkedHashMap<>();
        map(m).forEach((k, v) -> out.put(k, k.equals("message") ? message(v) : masked(v)));
        yield out;
      }
      case List<?> l -> list(l).stream().map(Trim::masked).toList();
      default -> value;
    };
  }

  static Map<String, Object> only(Map<String, Object> from, Set<String> keys) {
    Map<String, Object> out = new LinkedHashMap<>();
    from.forEach(
        (k, v) -> {
          if (keys.contains(k)) {
            out.put(k, v);
          }
        });
    return out;
  }

  private static void put(Map<String, Object> out, String key, Map<String, Object> value) {
    if (!value.isEmpty()) {
      out.put(key, value);
    }
  }

  private static void putIfSet(
      Map<String, Object> out, String key, @org.jspecify.annotations.Nullable Object value) {
    if (value != null && !(value instanceof Map<?, ?> m && m.isEmpty())) {
      out.put(key, value);
    }
  }

  static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
    Map<String, Object> out = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> m) {
      m.forEach(
          (k, v) -> {
            if (v != null) {
              out.put(String.valueOf(k), v);
            }
          });
    }
    return out;
  }

  private static List<Object> list(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof List<?> l
        ? l.stream().filter(java.util.Objects::nonNull).map(v -> (Object) v).toList()
        : List.of();
  }
}

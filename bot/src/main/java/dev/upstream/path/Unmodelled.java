package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Objects on the path that change what its proxies do in ways that are not modelled. */
final class Unmodelled {
  private static final String ROOT = "istio-system";
  private static final String WAYPOINT = "istio.io/use-waypoint";

  private final PathBuilder path;
  private final ClusterView view;

  Unmodelled(PathBuilder path, ClusterView view) {
    this.path = path;
    this.view = view;
  }

  /** At the proxies that send the request on: a gateway's, or a client's own. */
  void atCaller(List<Pod> pods, boolean gateway) {
    filters(pods, Optional.empty());
    if (gateway) {
      policies(pods, Optional.empty());
      return;
    }
    for (Resource sidecar : view.objects().all(Kind.SIDECAR)) {
      if (applies(sidecar, sidecar.at("spec", "workloadSelector").textMap("labels"), pods)) {
        gap(sidecar, "What it hides from the proxy is not modelled.");
      }
    }
  }

  /** At the pods that the request is meant for, where a proxy of the mesh stands before them. */
  void atBackend(Service service) {
    List<Pod> pods =
        service.selector().isEmpty()
            ? List.of()
            : view.objects().pods(service.namespace(), service.selector()).stream()
                .filter(p -> !p.ended())
                .toList();
    waypoint(service, pods);
    List<Pod> meshed = pods.stream().filter(Unmodelled::meshed).toList();
    filters(meshed, Optional.of(service));
    policies(meshed, Optional.of(service));
  }

  private static boolean meshed(Pod pod) {
    return pod.hasProxy()
        || pod.raw()
            .annotations()
            .getOrDefault("ambient.istio.io/redirection", "")
            .equals("enabled");
  }

  private void filters(List<Pod> pods, Optional<Service> service) {
    for (Resource filter : view.objects().all(Kind.ENVOY_FILTER)) {
      if (concerns(
          filter, filter.at("spec", "workloadSelector").textMap("labels"), pods, service)) {
        gap(filter, "It changes the proxy's configuration in ways not modelled.");
      }
    }
    for (Resource plugin : view.objects().all(Kind.WASM_PLUGIN)) {
      if (concerns(plugin, plugin.at("spec", "selector").textMap("matchLabels"), pods, service)) {
        gap(plugin, "What its code does with requests is not modelled.");
      }
    }
  }

  /** Policies that may refuse; several that allow are joined, so that one for all opens all. */
  private void policies(List<Pod> pods, Optional<Service> service) {
    List<Resource> policies =
        view.objects().all(Kind.AUTHORIZATION_POLICY).stream()
            .filter(
                p -> concerns(p, p.at("spec", "selector").textMap("matchLabels"), pods, service))
            .toList();
    boolean allowsAll = policies.stream().anyMatch(p -> allows(p) && hasRuleForAll(p));
    for (Resource policy : policies) {
      boolean idle =
          switch (policy.at("spec").text("action").orElse("ALLOW")) {
            case "AUDIT" -> true;
            case "ALLOW" -> allowsAll;
            case "DENY" -> policy.at("spec").list("rules").isEmpty();
            default -> false;
          };
      boolean tried =
          policy.annotations().getOrDefault("istio.io/dry-run", "").equalsIgnoreCase("true");
      if (!idle && !tried) {
        gap(policy, "Whether it refuses the request is not modelled.");
      }
    }
  }

  private static boolean allows(Resource policy) {
    return policy.at("spec").text("action").orElse("ALLOW").equals("ALLOW");
  }

  private static boolean hasRuleForAll(Resource policy) {
    return policy.at("spec").list("rules").stream().anyMatch(r -> r.map().isEmpty());
  }

  private boolean concerns(
      Resource object, Map<String, String> labels, List<Pod> pods, Optional<Service> service) {
    List<Fields> targets =
        Stream.concat(
                Stream.of(object.at("spec", "targetRef")).filter(Fields::present),
                object.at("spec").list("targetRefs").stream())
            .toList();
    return targets.isEmpty()
        ? applies(object, labels, pods)
        : targets.stream().anyMatch(t -> names(t, object.namespace(), pods, service));
  }

  private static boolean names(
      Fields target, String namespace, List<Pod> pods, Optional<Service> service) {
    String name = target.string("name");
    return switch (target.string("kind")) {
      case "Service" ->
          service.filter(s -> s.name().equals(name) && s.namespace().equals(namespace)).isPresent();
      case "Gateway" ->
          pods.stream()
              .anyMatch(
                  p ->
                      p.namespace().equals(namespace)
                          && name.equals(p.labels().get("gateway.networking.k8s.io/gateway-name")));
      default -> false;
    };
  }

  private static boolean applies(Resource object, Map<String, String> labels, List<Pod> pods) {
    return pods.stream()
        .filter(p -> object.namespace().equals(ROOT) || p.namespace().equals(object.namespace()))
        .anyMatch(p -> Selectors.holds(labels, p.labels()));
  }

  private void waypoint(Service service, List<Pod> pods) {
    Stream<Map<String, String>> labels =
        Stream.concat(
            Stream.concat(
                Stream.of(service.raw().labels()),
                view.objects().find(Kind.NAMESPACE, "", service.namespace()).stream()
                    .map(Resource::labels)),
            pods.stream().map(Pod::labels));
    labels
        .flatMap(l -> Optional.ofNullable(l.get(WAYPOINT)).stream())
        .findFirst()
        .filter(w -> !w.equals("none"))
        .ifPresent(
            w ->
                path.unsupported(
                    view.name(),
                    service.ref(),
                    "Its requests pass the waypoint " + w + ", which is not modelled."));
  }

  /** Routes of connections, which may take the request before or instead of HTTP rules. */
  void connections(List<Resource> virtualServices, Request request) {
    for (Resource vs : virtualServices) {
      List<Fields> routes =
          Stream.of("tls", "tcp").flatMap(f -> vs.at("spec").list(f).stream()).toList();
      boolean only = vs.at("spec").list("http").isEmpty();
      boolean byPort =
          routes.stream()
              .flatMap(r -> r.list("match").stream())
              .flatMap(m -> m.number("port").stream().boxed())
              .anyMatch(p -> request.port().filter(p::equals).isPresent());
      if (!routes.isEmpty() && (only || byPort)) {
        gap(vs, "Its routes for TCP and TLS connections are not modelled.");
      }
    }
  }

  /** Faults that a rule injects into some or all requests on purpose. */
  void faults(VirtualServices.Rule rule) {
    for (String fault : List.of("abort", "delay")) {
      Fields injected = rule.http().at("fault", fault);
      Optional<String> percent =
          injected.text("percentage", "value").or(() -> injected.text("percent"));
      if (injected.present() && percent.filter(p -> p.matches("0(\\.0*)?")).isEmpty()) {
        gap(
            rule.virtualService(),
            "Its rule "
                + rule.fieldPath()
                + " injects "
                + (fault.equals("abort") ? "errors" : "delays")
                + " into "
                + percent.map(p -> p.replaceAll("\\.0*$", "") + " % of the").orElse("the")
                + " requests on purpose, which is not modelled.");
      }
    }
  }

  private void gap(Resource object, String detail) {
    path.unsupported(view.name(), object.ref(), detail);
  }
}

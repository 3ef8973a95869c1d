package dev.upstream.snapshot;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of Kubernetes objects that Upstream reads.
 *
 * <p>{@code absentMeansNone}: a recording without any such object is taken as a cluster without any
 * (RULES.md R2).
 */
public enum Kind {
  POD("v1", "Pod", "pods", true, false),
  SERVICE("v1", "Service", "services", true, false),
  NODE("v1", "Node", "nodes", false, false),
  EVENT("v1", "Event", "events", true, false),
  NAMESPACE("v1", "Namespace", "namespaces", false, false),
  CONFIG_MAP("v1", "ConfigMap", "configmaps", true, false),
  ENDPOINT_SLICE("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", true, false),
  DEPLOYMENT("apps/v1", "Deployment", "deployments", true, false),
  STATEFUL_SET("apps/v1", "StatefulSet", "statefulsets", true, false),
  DAEMON_SET("apps/v1", "DaemonSet", "daemonsets", true, false),
  REPLICA_SET("apps/v1", "ReplicaSet", "replicasets", true, false),
  JOB("batch/v1", "Job", "jobs", true, false),
  ROLLOUT("argoproj.io/v1alpha1", "Rollout", "rollouts", true, false),
  INGRESS("networking.k8s.io/v1", "Ingress", "ingresses", true, true),
  INGRESS_CLASS("networking.k8s.io/v1", "IngressClass", "ingressclasses", false, false),
  NETWORK_POLICY("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", true, true),
  ISTIO_GATEWAY("networking.istio.io/v1", "Gateway", "gateways", true, true),
  VIRTUAL_SERVICE("networking.istio.io/v1", "VirtualService", "virtualservices", true, true),
  DESTINATION_RULE("networking.istio.io/v1", "DestinationRule", "destinationrules", true, true),
  SERVICE_ENTRY("networking.istio.io/v1", "ServiceEntry", "serviceentries", true, true),
  WORKLOAD_ENTRY("networking.istio.io/v1", "WorkloadEntry", "workloadentries", true, true),
  SIDECAR("networking.istio.io/v1", "Sidecar", "sidecars", true, true),
  ENVOY_FILTER("networking.istio.io/v1alpha3", "EnvoyFilter", "envoyfilters", true, true),
  AUTHORIZATION_POLICY(
      "security.istio.io/v1", "AuthorizationPolicy", "authorizationpolicies", true, true),
  WASM_PLUGIN("extensions.istio.io/v1alpha1", "WasmPlugin", "wasmplugins", true, false),
  HTTP_ROUTE("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes", true, true),
  GATEWAY("gateway.networking.k8s.io/v1", "Gateway", "gateways", true, false),
  ROUTE("route.openshift.io/v1", "Route", "routes", true, false);

  private final String apiVersion;
  private final String kind;
  private final String plural;
  private final boolean namespaced;
  private final boolean absentMeansNone;

  Kind(String apiVersion, String kind, String plural, boolean namespaced, boolean absentMeansNone) {
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.plural = plural;
    this.namespaced = namespaced;
    this.absentMeansNone = absentMeansNone;
  }

  public String apiVersion() {
    return apiVersion;
  }

  public String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  public String version() {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  public String kind() {
    return kind;
  }

  public String plural() {
    return plural;
  }

  public boolean namespaced() {
    return namespaced;
  }

  public boolean absentMeansNone() {
    return absentMeansNone;
  }

  /** Kinds of which one object in a recording completes the others (RULES.md R2). */
  public boolean workload() {
    return switch (this) {
      case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, REPLICA_SET, JOB, ROLLOUT -> true;
      default -> false;
    };
  }

  /** The kind that an object's own apiVersion and kind name, whatever served version it uses. */
  public static Optional<Kind> of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return Arrays.stream(values())
        .filter(k -> k.kind.equals(kind) && k.group().equals(group))
        .findFirst();
  }
}

package dev.upstream.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A right to read that Upstream wants in the whole cluster; the README's table of permissions is
 * made of these.
 *
 * @param purpose what it is for
 * @param remark what the README says beside it, from its punctuation on
 */
record Permission(List<Resource> resources, List<String> verbs, String purpose, String remark) {
  private static final List<String> READ = List.of("get", "list", "watch");

  static final List<Permission> ALL =
      List.of(
          new Permission(
              resources(
                  in("", "pods", "services", "events"),
                  in("discovery.k8s.io", "endpointslices"),
                  in("apps", "deployments", "statefulsets", "daemonsets", "replicasets"),
                  in("batch", "jobs")),
              READ,
              "what stands behind a route",
              ""),
          new Permission(
              resources(
                  in("networking.k8s.io", "ingresses", "ingressclasses"),
                  in(
                      "networking.istio.io",
                      "gateways",
                      "virtualservices",
                      "destinationrules",
                      "serviceentries",
                      "sidecars",
                      "envoyfilters"),
                  in("security.istio.io", "authorizationpolicies"),
                  in("extensions.istio.io", "wasmplugins"),
                  in("gateway.networking.k8s.io", "gateways", "httproutes"),
                  in("route.openshift.io", "routes"),
                  in("argoproj.io", "rollouts")),
              READ,
              "the route",
              "; a kind that is not installed is no gap"),
          new Permission(
              resources(in("", "pods/log")),
              List.of("get"),
              "access and error logs of proxies and controllers",
              ", redacted; never the application's own; the node facts reader's"),
          new Permission(
              resources(in("", "pods/portforward")),
              List.of("get", "create"),
              "Envoy's and istiod's admin pages",
              ": GETs of a closed list; only where mesh evidence is wanted"),
          new Permission(
              resources(in("", "namespaces")),
              List.of("list"),
              "the namespaces to choose from in Slack",
              "; without it, those that hold a Service"));

  /**
   * @param group empty for the core's
   * @param name with its subresource
   */
  record Resource(String group, String name) {}

  Permission {
    resources = List.copyOf(resources);
    verbs = List.copyOf(verbs);
  }

  private static Stream<Resource> in(String group, String... names) {
    return Arrays.stream(names).map(n -> new Resource(group, n));
  }

  @SafeVarargs
  private static List<Resource> resources(Stream<Resource>... groups) {
    return Arrays.stream(groups).flatMap(g -> g).toList();
  }

  /** Its row of the README's table. */
  String row() {
    return "| "
        + named(resources)
        + " | "
        + String.join(", ", verbs)
        + " | "
        + purpose
        + remark
        + " |";
  }

  /** Resources that the same verbs are missing for, in words. */
  String missing(List<String> verbs, List<Resource> resources) {
    int last = verbs.size() - 1;
    String doing =
        last == 0
            ? verbs.getFirst()
            : String.join(", ", verbs.subList(0, last)) + " and " + verbs.get(last);
    return doing + " " + named(resources) + " in the whole cluster: " + purpose;
  }

  /** The group stands behind the last of its resources. */
  private static String named(List<Resource> resources) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < resources.size(); i++) {
      Resource r = resources.get(i);
      boolean more = i + 1 < resources.size() && resources.get(i + 1).group().equals(r.group());
      words.add(r.group().isEmpty() || more ? r.name() : r.name() + " (" + r.group() + ")");
    }
    return String.join(", ", words);
  }
}

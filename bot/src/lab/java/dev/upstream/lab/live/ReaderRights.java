package dev.upstream.lab.live;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.ArrayList;
import java.util.List;

/** Rights of an account that reads a cluster. */
public final class ReaderRights {
  private ReaderRights() {}

  public static List<PolicyRule> all() {
    return without("none");
  }

  /** The reader's rights of the README, but for one resource. */
  public static List<PolicyRule> without(String without) {
    List<PolicyRule> rules = new ArrayList<>();
    List<List<String>> groups =
        List.of(
            List.of("", "pods", "services", "events", "namespaces", "nodes"),
            List.of("batch", "jobs"),
            List.of("apps", "deployments", "statefulsets", "daemonsets", "replicasets"),
            List.of("discovery.k8s.io", "endpointslices"),
            List.of("networking.k8s.io", "ingresses", "ingressclasses", "networkpolicies"),
            List.of(
                "networking.istio.io",
                "gateways",
                "virtualservices",
                "destinationrules",
                "serviceentries",
                "sidecars",
                "envoyfilters"),
            List.of("security.istio.io", "authorizationpolicies"),
            List.of("extensions.istio.io", "wasmplugins"),
            List.of("gateway.networking.k8s.io", "gateways", "httproutes"),
            List.of("argoproj.io", "rollouts"),
            List.of("route.openshift.io", "routes"));
    for (List<String> group : groups) {
      List<String> resources =
          group.subList(1, group.size()).stream().filter(r -> !r.equals(without)).toList();
      if (!resources.isEmpty()) {
        rules.add(rule(group.getFirst(), resources, List.of("get", "list", "watch")));
      }
    }
    rules.add(rule("", List.of("pods/log"), List.of("get")));
    if (!without.equals("pods/portforward")) {
      rules.add(rule("", List.of("pods/portforward"), List.of("get", "create")));
    }
    return rules;
  }

  private static PolicyRule rule(String group, List<String> resources, List<String> verbs) {
    return new PolicyRuleBuilder()
        .withApiGroups(group)
        .withResources(resources)
        .withVerbs(verbs)
        .build();
  }
}

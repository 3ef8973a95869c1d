package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.answer.Question;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * With a right missing the gap names verb, resource and namespace, and nothing is called healthy.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LabExtension.class)
class SightLiveTest {
  private static final String NS = "sight";
  private static final String HOST = "sight.example.com";

  @BeforeAll
  void apply(LabCluster east) {
    east.waitReady("istio-system");
    east.apply(Fixture.shop(NS, HOST, "{destination: {host: web}}"));
    east.apply(Fixture.web(NS, "v1", 1, ""));
    east.waitReady(NS);
    Fixture.expect(east, HOST, 200, "200 -");
  }

  @AfterAll
  void clean(LabCluster east) {
    east.deleteNamespace(NS);
  }

  @Test
  void theReadersRightsAreEnough(LabCluster east) {
    JsonNode answer = ask(east, "reader", rules("none"));
    assertThat(answer.get("verdict").asText()).isEqualTo("healthy");
  }

  @Test
  void withoutEndpointSlices(LabCluster east) {
    JsonNode answer = ask(east, "no-slices", rules("endpointslices"));
    assertThat(answer.get("verdict").asText()).isEqualTo("unknown");
    assertThat(answer.get("notChecked").toString())
        .contains("FORBIDDEN", "list endpointslices", "namespace " + NS);
  }

  @Test
  void withoutPortForwards(LabCluster east) {
    JsonNode answer = ask(east, "no-forward", rules("pods/portforward"));
    assertThat(answer.get("verdict").asText()).isEqualTo("unknown");
    assertThat(answer.get("notChecked").toString())
        .contains("FORBIDDEN", "pods/portforward", "istio-system");
  }

  @Test
  void withoutDestinationRules(LabCluster east) {
    JsonNode answer = ask(east, "no-rules", rules("destinationrules"));
    assertThat(answer.get("verdict").asText()).isEqualTo("unknown");
    assertThat(answer.get("notChecked").toString()).contains("FORBIDDEN", "list destinationrules");
  }

  private static JsonNode ask(LabCluster east, String account, List<PolicyRule> rules) {
    Path kubeconfig = east.serviceAccountKubeconfig(account, rules);
    return Bot.check(Question.about(HOST), Bot.sources(kubeconfig));
  }

  /** The reader's rights of the README, but for one resource. */
  private static List<PolicyRule> rules(String without) {
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

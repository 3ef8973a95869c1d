package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.cluster.Limits;
import dev.upstream.cluster.LiveCollector;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.Witness;
import dev.upstream.path.Ask;
import dev.upstream.snapshot.NodeView;
import dev.upstream.target.TargetParser;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Probes that time out on three nodes, in three namespaces and six workloads, which are well again
 * by themselves; what the node facts reader of config/node-facts.yml printed there is part of the
 * answer.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LabExtension.class)
class NodeLiveTest {
  private static final int WORKLOADS = 6;

  @BeforeAll
  void apply(LabCluster east) {
    IntStream.range(1, 4).forEach(i -> east.addNode("probed-" + i));
    east.apply(Path.of("..", "config", "node-facts.yml"));
    for (int i = 0; i < WORKLOADS; i++) {
      east.apply(pods(namespace(i), "api-" + i, "probed-" + (1 + i % 3)));
    }
  }

  @AfterAll
  void clean(LabCluster east) {
    IntStream.range(0, 3).forEach(i -> east.deleteNamespace(namespace(i)));
    east.deleteNamespace("upstream-nodes");
    IntStream.range(1, 4).forEach(i -> east.client().nodes().withName("probed-" + i).delete());
  }

  @Test
  void scatteredTimeoutsBringTheNodesIn(LabCluster east, Witness witness) throws Exception {
    String message =
        Fixture.await()
            .until(
                () -> {
                  List<Event> timeouts = timeouts(east);
                  boolean everywhere =
                      timeouts.stream().map(e -> e.getInvolvedObject().getName()).distinct().count()
                          == WORKLOADS;
                  return everywhere ? timeouts.getFirst().getMessage() : "";
                },
                text -> !text.isEmpty());
    witness.wire("random-probe-failures", message);
    IntStream.range(0, WORKLOADS)
        .mapToObj(i -> namespace(i))
        .distinct()
        .forEach(n -> soon(east, n));
    Fixture.await()
        .untilAsserted(
            () -> assertThat(ready(east)).as("pods that are ready again").isEqualTo(WORKLOADS));
    String range = Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_local_port_range")).getFirst();
    Fixture.await()
        .untilAsserted(
            () -> {
              List<NodeView> nodes = nodes(east);
              assertThat(nodes).hasSize(4);
              assertThat(nodes)
                  .allSatisfy(
                      n -> {
                        assertThat(n.sysctls().get("net.ipv4.ip_local_port_range"))
                            .isEqualTo(range.replaceAll("\\s+", " "));
                        assertThat(n.sockets().orElseThrow())
                            .anyMatch(s -> s.state().equals("LISTEN") && s.localPort() == 6443);
                        assertThat(n.kubeProxyMode()).isEmpty();
                      });
            });
    JsonNode answer = Bot.check("probes-0/api-0", east);
    assertThat(Bot.roles(answer))
        .containsEntry("random-probe-failures Namespace//kube-system", "symptom");
    assertThat(answer.get("verdict").asText()).isIn("degraded", "broken");
    assertThat(answer.get("notChecked").toString()).doesNotContain("node-facts.yml");
  }

  /** From now on the pods of a namespace answer their probes at once. */
  private static void soon(LabCluster east, String namespace) {
    for (Pod pod : east.client().pods().inNamespace(namespace).list().getItems()) {
      east.client()
          .pods()
          .inNamespace(namespace)
          .withName(pod.getMetadata().getName())
          .edit(
              p -> {
                p.getMetadata().getAnnotations().put("lab.upstream.dev/delay", "0s");
                return p;
              });
    }
  }

  private static long ready(LabCluster east) {
    return IntStream.range(0, WORKLOADS)
        .mapToObj(i -> namespace(i))
        .distinct()
        .flatMap(n -> east.client().pods().inNamespace(n).list().getItems().stream())
        .flatMap(p -> p.getStatus().getConditions().stream())
        .filter(c -> c.getType().equals("Ready") && c.getStatus().equals("True"))
        .count();
  }

  private static List<NodeView> nodes(LabCluster east) {
    try (LiveCollector collector =
        new LiveCollector(
            Bot.sources(east.kubeconfig()),
            Optional.of(east.name()),
            Limits.DEFAULT,
            Clock.systemUTC())) {
      return collector
          .collect(
              new Ask(
                  TargetParser.parse("probes-0/api-0").orElseThrow(),
                  east.name(),
                  Optional.empty(),
                  Optional.empty()))
          .cluster(east.name())
          .orElseThrow()
          .nodes();
    }
  }

  private static List<Event> timeouts(LabCluster east) {
    return IntStream.range(0, 3)
        .boxed()
        .flatMap(
            i -> east.client().v1().events().inNamespace(namespace(i)).list().getItems().stream())
        .filter(e -> e.getMessage().contains("deadline exceeded"))
        .toList();
  }

  private static String namespace(int workload) {
    return "probes-" + workload % 3;
  }

  /** A Service and its Deployment on one node, which at first answers its probes too late. */
  private static String pods(String namespace, String name, String node) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: %1$s}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: %2$s, namespace: %1$s}
    spec: {selector: {app: %2$s}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      replicas: 1
      selector: {matchLabels: {app: %2$s}}
      template:
        metadata:
          labels: {app: %2$s}
          annotations: {lab.upstream.dev/delay: 3s}
        spec:
          nodeName: %3$s
          containers:
            - name: api
              image: shop/api:1.0
              ports: [{containerPort: 8080}]
              readinessProbe: {httpGet: {path: /healthz, port: 8080}, periodSeconds: 2, failureThreshold: 3}
    """
        .formatted(namespace, name, node);
  }
}

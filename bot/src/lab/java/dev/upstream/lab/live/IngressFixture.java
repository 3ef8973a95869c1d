package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.lab.Answer;
import dev.upstream.lab.IngressEdge;
import dev.upstream.lab.LabCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A small shop behind the Ingress controller, and waiting for what a client sees there. */
public final class IngressFixture {
  private final LabCluster cluster;
  private final IngressEdge edge;
  private final String namespace;
  private final String host;

  public IngressFixture(LabCluster cluster, String namespace, String host) {
    this.cluster = cluster;
    this.edge = IngressEdge.in(cluster);
    this.namespace = namespace;
    this.host = host;
  }

  public LabCluster cluster() {
    return cluster;
  }

  /** Whether anybody answers at all. */
  boolean answered() {
    return quietly(() -> edge.request(host, "/")).isPresent();
  }

  public IngressEdge edge() {
    return edge;
  }

  /** Service web on port 80 with that targetPort. */
  public List<HasMetadata> service(String targetPort) {
    return cluster.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %1$s}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: %1$s}
        spec:
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: %2$s}]
        """
            .formatted(namespace, targetPort));
  }

  /** Ingress web with one path. */
  List<HasMetadata> ingress(
      String ingressClass, String pathType, String path, String service, String port) {
    return cluster.apply(
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web, namespace: %s}
        spec:
          ingressClassName: %s
          rules:
            - host: %s
              http:
                paths:
                  - {path: %s, pathType: %s, backend: {service: {name: %s, port: %s}}}
        """
            .formatted(namespace, ingressClass, host, path, pathType, service, port));
  }

  /** The usual Ingress: every path to port 80 of Service web. */
  public List<HasMetadata> ingress() {
    return ingress("nginx", "Prefix", "/", "web", "{number: 80}");
  }

  public List<HasMetadata> workload(int replicas, String annotations) {
    return cluster.apply(Fixture.web(namespace, "v1", replicas, annotations));
  }

  /** Waits for an answer with that status to a request for the path, and for words in the log. */
  public Answer expect(int status, String path, String inLog) {
    Answer answer =
        Fixture.await().until(() -> edge.request(host, path), got -> got.status() == status);
    Fixture.await().untilAsserted(() -> assertThat(log()).containsPattern(inLog));
    return answer;
  }

  public Answer expect(int status, String inLog) {
    return expect(status, "/", inLog);
  }

  /** What the controller logged of this namespace and host. */
  String log() {
    return String.join(
        "\n",
        edge.log()
            .lines()
            .filter(
                l -> l.contains(namespace) || l.contains(host) || l.contains("upstream-default"))
            .toList());
  }

  void send(int count, Map<Integer, Integer> expected) {
    assertThat(edge.requests(count, host, "/")).isEqualTo(expected);
  }

  /** Asks again until the assertion holds: the window begins two seconds after the last edit. */
  JsonNode asked(String target, int requests, AnswerCheck check) {
    JsonNode[] last = new JsonNode[1];
    Fixture.await()
        .untilAsserted(
            () -> {
              send(requests);
              last[0] = Bot.check(target, cluster);
              check.check(last[0]);
            });
    return last[0];
  }

  private void send(int requests) {
    for (int i = 0; i < requests; i++) {
      quietly(() -> edge.request(host, "/"));
    }
  }

  private static Optional<Answer> quietly(Callable<Answer> request) {
    try {
      return Optional.of(request.call());
    } catch (Exception e) {
      return Optional.empty(); // nobody is there to answer
    }
  }

  /** What a test wants of an answer. */
  interface AnswerCheck {
    void check(JsonNode answer);
  }

  /** The repaired way: every request succeeds, and the program says so. */
  public void healthy() {
    Fixture.await().until(() -> edge.request(host, "/"), got -> got.status() == 200);
    asked(host, 3, answer -> assertThat(answer.get("verdict").asText()).isEqualTo("healthy"));
    send(5, Map.of(200, 5));
  }

  static void chain(JsonNode answer, String... ids) {
    for (int i = 0; i + 1 < ids.length; i++) {
      assertThat(Bot.explains(answer, ids[i])).as(ids[i]).containsOnly(ids[i + 1]);
    }
  }
}

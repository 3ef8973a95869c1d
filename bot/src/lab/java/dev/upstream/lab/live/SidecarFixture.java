package dev.upstream.lab.live;

import dev.upstream.answer.Question;
import dev.upstream.lab.Answer;
import dev.upstream.lab.LabCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** A workload client whose requests pass its own sidecar, and waiting for what it gets. */
final class SidecarFixture {
  private SidecarFixture() {}

  /** Namespace and Deployment client. */
  static String client(String namespace) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: %1$s}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: client, namespace: %1$s}
    spec:
      replicas: 1
      selector: {matchLabels: {app: client}}
      template:
        metadata:
          labels: {app: client}
          annotations: {lab.upstream.dev/proxy: sidecar}
        spec:
          containers:
            - {name: client, image: "shop/client:1.0"}
            - {name: istio-proxy, image: "registry.istio.io/release/proxyv2:1.31.0"}
    """
        .formatted(namespace);
  }

  static Pod pod(LabCluster cluster, String namespace) {
    return cluster.pods(namespace, "app", "client").getFirst();
  }

  /** What a person asks with {@code --client namespace/client}. */
  static Question from(String namespace, String target) {
    return new Question(target, List.of(), Optional.of(namespace + "/client"), Optional.empty());
  }

  /** Waits until the client gets that status, and the newest line of its sidecar's log says why. */
  static Answer expect(
      LabCluster cluster, String namespace, String host, int port, int status, String inLog) {
    return Fixture.await()
        .until(
            () -> {
              Pod client = pod(cluster, namespace);
              Answer answer = cluster.requestFrom(client, host, port);
              boolean logged =
                  answer.status() == status
                      && Fixture.soon(() -> Fixture.tail(cluster, client).contains(inLog));
              return logged ? Optional.of(answer) : Optional.<Answer>empty();
            },
            Optional::isPresent)
        .orElseThrow();
  }
}

package dev.upstream.lab;

import dev.upstream.lab.control.ClusterSpec;
import dev.upstream.lab.control.ControlPlane;
import dev.upstream.lab.control.Parts;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** Brings a cluster up, as much at once as the parts allow. */
final class LabStart {
  private final ClusterSpec spec;
  private final Parts parts;
  private final ControlPlane plane;
  private final KubernetesClient client;

  LabStart(ClusterSpec spec, Parts parts, ControlPlane plane, KubernetesClient client) {
    this.spec = spec;
    this.parts = parts;
    this.plane = plane;
    this.client = client;
  }

  void bringUp() {
    plane.startEtcd();
    plane.startApiServer();
    awaitApiServer();
    plane.startControllers();
    try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      all.add(
          CompletableFuture.runAsync(
              () ->
                  client
                      .resource(
                          new NamespaceBuilder()
                              .withNewMetadata()
                              .withName("istio-system")
                              .endMetadata()
                              .build())
                      .create(),
              tasks));
      all.add(CompletableFuture.runAsync(() -> node("node-1"), tasks));
      for (Path crd : parts.crds()) {
        if (crd.getFileName().toString().contains("safeupgrades")) {
          continue; // a policy that keeps older CRDs out, no CRD
        }
        all.add(CompletableFuture.runAsync(() -> new Manifests(client).apply(crd), tasks));
      }
      all.forEach(CompletableFuture::join);
    }
    awaitCrds();
    new Manifests(client).apply(parts.stage("node/fast/node-initialize.yaml"));
    plane.startKwok();
    plane.startIstiod();
  }

  void awaitApiServer() {
    Awaitility.await("the API server of " + spec.name())
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
        .until(() -> client.raw("/readyz").equals("ok"));
  }

  private void awaitCrds() {
    Awaitility.await("the CRDs of " + spec.name())
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                    .allMatch(
                        crd ->
                            Optional.ofNullable(crd.getStatus().getConditions())
                                .orElse(List.of())
                                .stream()
                                .anyMatch(
                                    one ->
                                        one.getType().equals("Established")
                                            && one.getStatus().equals("True"))));
  }

  /** A machine that exists only in the API; kwok keeps its lease. */
  void node(String name) {
    Map<String, Quantity> size =
        Map.of(
            "cpu",
            new Quantity("1000"),
            "memory",
            new Quantity("1Ti"),
            "pods",
            new Quantity("1000"));
    Node node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(name)
            .addToAnnotations("kwok.x-k8s.io/node", "fake")
            .addToLabels("kubernetes.io/hostname", name)
            .addToLabels("kubernetes.io/os", "linux")
            .addToLabels("kubernetes.io/arch", "amd64")
            .addToLabels("topology.kubernetes.io/region", spec.name())
            .addToLabels("topology.kubernetes.io/zone", spec.name() + "-a")
            .endMetadata()
            .withNewStatus()
            .withAllocatable(size)
            .withCapacity(size)
            .endStatus()
            .build();
    client.resource(node).create();
  }
}

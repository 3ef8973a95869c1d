package dev.upstream.lab;

import dev.upstream.lab.control.ClusterSpec;
import dev.upstream.lab.control.ControlPlane;
import dev.upstream.lab.control.Parts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
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

  void bringUp(Path base) {
    try (ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<List<HasMetadata>>> crds =
          parts.crds().stream()
              .filter(LabStart::needed)
              .map(file -> CompletableFuture.supplyAsync(() -> load(file), tasks))
              .toList();
      awaitApiServer();
      plane.startControllers();
      List<CompletableFuture<Void>> all = new ArrayList<>();
      all.add(CompletableFuture.runAsync(() -> node("node-1"), tasks));
      all.add(CompletableFuture.runAsync(() -> new Manifests(client).apply(base), tasks));
      for (CompletableFuture<List<HasMetadata>> file : crds) {
        for (HasMetadata crd : file.join()) {
          all.add(CompletableFuture.runAsync(() -> client.resource(crd).create(), tasks));
        }
      }
      all.forEach(CompletableFuture::join);
    }
    awaitCrds();
    new Manifests(client).apply(parts.stage("node/fast/node-initialize.yaml"));
    plane.startKwok();
    plane.startIstiod();
  }

  /** Neither the policy that keeps older CRDs out, nor what kwok is not asked to play. */
  private static boolean needed(Path file) {
    String name = file.getFileName().toString();
    return Stream.of("safeupgrades", "attaches", "metrics", "resourceusages")
        .noneMatch(name::contains);
  }

  private List<HasMetadata> load(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return client.load(in).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitApiServer() {
    Awaitility.await("the API server of " + spec.name())
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
        .until(() -> client.raw("/readyz").equals("ok"));
  }

  /** Discovery tells it more cheaply than the CRDs, which are megabytes. */
  private void awaitCrds() {
    Map<String, List<String>> wanted =
        Map.of(
            "/apis/kwok.x-k8s.io/v1alpha1", List.of("stages", "logs", "portforwards"),
            "/apis/networking.istio.io/v1",
                List.of(
                    "gateways",
                    "virtualservices",
                    "destinationrules",
                    "serviceentries",
                    "sidecars"),
            "/apis/gateway.networking.k8s.io/v1", List.of("gateways", "httproutes"));
    Awaitility.await("the CRDs of " + spec.name())
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
        .until(
            () ->
                wanted.entrySet().stream()
                    .allMatch(
                        one -> {
                          String known = Optional.ofNullable(client.raw(one.getKey())).orElse("");
                          return one.getValue().stream()
                              .allMatch(name -> known.contains("\"" + name + "\""));
                        }));
  }

  /** A machine that exists only in the API; kwok keeps its lease. */
  void node(String name, Taint... taints) {
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
            .withNewSpec()
            .withTaints(taints)
            .endSpec()
            .withNewStatus()
            .withAllocatable(size)
            .withCapacity(size)
            .endStatus()
            .build();
    client.resource(node).create();
  }
}

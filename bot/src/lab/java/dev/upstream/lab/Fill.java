package dev.upstream.lab;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Fills a cluster with Services and pods that nobody asks about, through its API server and
 * controllers.
 *
 * @param services in each namespace
 * @param pods behind each Service
 */
public record Fill(int namespaces, int services, int pods) {
  private static final int HANDS = 16;
  private static final int NODES = 100;
  private static final String NAME = "crowd-";
  private static final String CROWD = "crowd";

  /** Makes everything and waits until every pod is an endpoint that is ready. */
  public void into(LabCluster cluster) {
    KubernetesClient client = cluster.client();
    try (ExecutorService hands =
        Executors.newFixedThreadPool(HANDS, Thread.ofVirtual().factory())) {
      all(hands, NODES, i -> cluster.addNode(NAME + i));
      all(hands, namespaces, i -> client.resource(space(i)).create());
      all(hands, namespaces, i -> account(client, NAME + i));
      all(hands, totalServices(), i -> client.resource(service(i)).create());
      all(hands, totalPods(), i -> client.resource(pod(i)).create());
    }
    Awaitility.await(this + " to be ready")
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> endpoints(client) >= totalPods());
  }

  /** Without it no pod is let into the namespace. */
  private static void account(KubernetesClient client, String namespace) {
    Awaitility.await("the service account of " + namespace)
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                client.serviceAccounts().inNamespace(namespace).withName("default").get() != null);
  }

  public int totalServices() {
    return namespaces * services;
  }

  public int totalPods() {
    return totalServices() * pods;
  }

  private static void all(ExecutorService hands, int count, IntConsumer task) {
    IntStream.range(0, count)
        .mapToObj(i -> CompletableFuture.runAsync(() -> task.accept(i), hands))
        .toList()
        .forEach(CompletableFuture::join);
  }

  private String namespace(int service) {
    return NAME + service % namespaces;
  }

  private Namespace space(int number) {
    return new NamespaceBuilder().withNewMetadata().withName(NAME + number).endMetadata().build();
  }

  private Service service(int number) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("s" + number)
        .withNamespace(namespace(number))
        .addToLabels(CROWD, "true")
        .endMetadata()
        .withNewSpec()
        .addToSelector("app", "s" + number)
        .addNewPort()
        .withName("http")
        .withPort(80)
        .withTargetPort(new IntOrString(8080))
        .endPort()
        .endSpec()
        .build();
  }

  private Pod pod(int number) {
    int service = number % totalServices();
    return new PodBuilder()
        .withNewMetadata()
        .withName("s" + service + "-" + number / totalServices())
        .withNamespace(namespace(service))
        .addToLabels("app", "s" + service)
        .addToLabels("version", "v1")
        .addToAnnotations("lab.upstream.dev/stand-in", "true")
        .endMetadata()
        .withNewSpec()
        .withNodeName(NAME + number % NODES)
        .addNewContainer()
        .withName("app")
        .withImage("crowd/app:1.0")
        .addNewPort()
        .withContainerPort(8080)
        .endPort()
        .endContainer()
        .endSpec()
        .build();
  }

  private static long endpoints(KubernetesClient client) {
    return client
        .discovery()
        .v1()
        .endpointSlices()
        .inAnyNamespace()
        .withLabel(CROWD, "true")
        .list()
        .getItems()
        .stream()
        .flatMap(s -> s.getEndpoints().stream())
        .filter(e -> Boolean.TRUE.equals(e.getConditions().getReady()))
        .count();
  }
}

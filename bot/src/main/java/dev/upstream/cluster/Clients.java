package dev.upstream.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** One client a cluster, made when it is first wanted. */
final class Clients implements AutoCloseable {
  private final Map<String, KubernetesClient> clients = new HashMap<>();
  private final Map<String, Semaphore> slots = new HashMap<>();

  /** A broken certificate or key in the settings of one cluster concerns that cluster alone. */
  synchronized Optional<KubernetesClient> of(ClusterSource source) {
    try {
      return Optional.of(
          clients.computeIfAbsent(
              source.name(),
              n -> new KubernetesClientBuilder().withConfig(source.config()).build()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** What all checks of this replica together may ask of a cluster at the same time. */
  synchronized Semaphore slots(ClusterSource source, Limits limits) {
    return slots.computeIfAbsent(source.name(), n -> new Semaphore(limits.concurrency(), true));
  }

  /** What to say where there is none, and what to do. */
  static String unusable(ClusterSource source) {
    return "No connection can be made with the settings of cluster " + source.name() + ".";
  }

  static final String REPAIR = "Check address, certificates and key in its kubeconfig.";

  @Override
  public synchronized void close() {
    clients.values().forEach(KubernetesClient::close);
  }
}

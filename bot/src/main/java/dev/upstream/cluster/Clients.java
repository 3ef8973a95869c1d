package dev.upstream.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One client a cluster, made when it is first wanted. */
final class Clients implements AutoCloseable {
  private final Map<String, KubernetesClient> clients = new HashMap<>();

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

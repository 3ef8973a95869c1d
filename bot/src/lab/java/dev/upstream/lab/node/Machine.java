package dev.upstream.lab.node;

import dev.upstream.lab.control.Children;
import dev.upstream.lab.control.ClusterSpec;
import dev.upstream.lab.control.Parts;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What every pod of a cluster runs on: its addresses, processes, clock and the way to the API
 * server.
 */
public record Machine(
    ClusterSpec spec,
    KubernetesClient client,
    Children children,
    Parts parts,
    Path folder,
    Path istiodLog,
    ScheduledExecutorService clock,
    EventRecorder events,
    AtomicInteger lastAddress,
    Set<String> evictedOwners) {

  /** Addresses are never used twice, so that nothing stale can answer at one. */
  String nextAddress() {
    return spec.podAddress(lastAddress.incrementAndGet());
  }
}

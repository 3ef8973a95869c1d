package dev.upstream.diagnosis.check.node;

import dev.upstream.diagnosis.Case;
import dev.upstream.snapshot.Event;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Workload;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Single probe timeouts of the last 60 minutes (RULES.md R3) and how far they are scattered.
 *
 * @param events how many events, repetitions counted
 */
record ProbeTimeouts(int events, Set<String> nodes, Set<String> namespaces, Set<String> owners) {
  private static final Duration BACK = Duration.ofMinutes(60);

  static ProbeTimeouts of(Case c, String cluster) {
    Objects objects = c.objects(cluster);
    int count = 0;
    Set<String> nodes = new HashSet<>();
    Set<String> namespaces = new HashSet<>();
    Set<String> owners = new HashSet<>();
    for (Event event : c.allEvents(cluster)) {
      boolean recent = event.lastSeen().map(t -> !t.isBefore(c.now().minus(BACK))).orElse(false);
      if (recent && event.reason().equals("Unhealthy") && timedOut(event.message())) {
        count += event.count();
        String namespace = event.raw().namespace();
        namespaces.add(namespace);
        List<Pod> pods = objects.pod(namespace, event.involvedName()).stream().toList();
        for (Pod pod : pods) {
          pod.node().ifPresent(nodes::add);
          owners.add(objects.ownerOf(pod).map(Workload::ref).orElse(pod.ref()).toString());
        }
        event.raw().at("source").text("host").ifPresent(nodes::add);
        if (pods.isEmpty()) {
          owners.add(namespace + "/" + event.involvedName());
        }
      }
    }
    return new ProbeTimeouts(count, nodes, namespaces, owners);
  }

  /** Never a refusal and never a status: those have a cause in the pod. */
  private static boolean timedOut(String message) {
    return message.contains("probe failed")
        && (message.contains("context deadline exceeded") || message.contains("i/o timeout"))
        && !message.contains("connection refused")
        && !message.contains("statuscode");
  }

  boolean scattered() {
    return nodes.size() >= 3 && namespaces.size() >= 3 && owners.size() >= 5;
  }
}

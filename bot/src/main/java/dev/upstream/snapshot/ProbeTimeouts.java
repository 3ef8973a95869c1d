package dev.upstream.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Single probe timeouts of the last 60 minutes (RULES.md R3) and how far they are scattered.
 *
 * @param events how many events, repetitions counted
 */
public record ProbeTimeouts(
    int events, Set<String> nodes, Set<String> namespaces, Set<String> owners) {
  /** What a gap names that hides timeouts elsewhere in the cluster. */
  public static final String SCOPE = "Unhealthy events of every namespace";

  /** The reason of the kubelet's event for a probe that failed. */
  public static final String REASON = "Unhealthy";

  private static final Duration BACK = Duration.ofMinutes(60);

  /** What a Deployment's pods have behind its name. */
  private static final Pattern SUFFIX = Pattern.compile("(-[a-z0-9]{6,10})?-[a-z0-9]{5}$");

  public ProbeTimeouts {
    nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
    owners = Collections.unmodifiableSortedSet(new TreeSet<>(owners));
  }

  public static ProbeTimeouts of(Objects objects, Instant now) {
    int count = 0;
    Set<String> nodes = new HashSet<>();
    Set<String> namespaces = new HashSet<>();
    Set<String> owners = new HashSet<>();
    for (Event event : objects.all(Kind.EVENT).stream().map(Event::new).toList()) {
      boolean recent = event.lastSeen().map(t -> !t.isBefore(now.minus(BACK))).orElse(false);
      if (recent && event.reason().equals(REASON) && timedOut(event.message())) {
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
          owners.add(namespace + "/" + SUFFIX.matcher(event.involvedName()).replaceFirst(""));
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

  public boolean scattered() {
    return nodes.size() >= 3 && namespaces.size() >= 3 && owners.size() >= 5;
  }
}

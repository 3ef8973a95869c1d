package dev.upstream.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Single probe timeouts of the last 60 minutes (RULES.md R3) and how far they are scattered. A
 * timeout is single when its pod is ready again or gone; one that goes on has a cause of its own.
 *
 * @param events how many events, repetitions counted
 * @param owners what the pods belong to, living and replaced ones alike
 * @param undecided namespaces with timeouts of pods of which is not known how they do now
 */
public record ProbeTimeouts(
    int events,
    Set<String> nodes,
    Set<String> namespaces,
    Set<String> owners,
    Set<String> undecided) {
  /** What a gap names that hides timeouts elsewhere in the cluster. */
  public static final String SCOPE = "Unhealthy events of every namespace";

  /** The reason of the kubelet's event for a probe that failed. */
  public static final String REASON = "Unhealthy";

  private static final Duration BACK = Duration.ofMinutes(60);

  /** What a pod has behind its workload's name: a revision and five characters, or its number. */
  private static final Pattern SUFFIX =
      Pattern.compile("(?:(?:-[b-df-hj-np-tv-xz2-9]{6,10})?-[a-z0-9]{5}|-\\d+)$");

  public ProbeTimeouts {
    nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
    owners = Collections.unmodifiableSortedSet(new TreeSet<>(owners));
    undecided = Collections.unmodifiableSortedSet(new TreeSet<>(undecided));
  }

  /**
   * @param podsRead whether all pods of a namespace were read, so that one not seen is gone
   */
  public static ProbeTimeouts of(Objects objects, Instant now, Predicate<String> podsRead) {
    int count = 0;
    Set<String> nodes = new HashSet<>();
    Set<String> namespaces = new HashSet<>();
    Set<String> owners = new HashSet<>();
    Set<String> undecided = new HashSet<>();
    for (Event event : objects.all(Kind.EVENT).stream().map(Event::new).toList()) {
      boolean recent = event.lastSeen().map(t -> !t.isBefore(now.minus(BACK))).orElse(false);
      if (!recent || !event.reason().equals(REASON) || !timedOut(event.message())) {
        continue;
      }
      String namespace = event.raw().namespace();
      Optional<Pod> pod = objects.pod(namespace, event.involvedName()).filter(p -> !p.ended());
      if (pod.isEmpty() && !podsRead.test(namespace)) {
        undecided.add(namespace);
      } else if (pod.map(p -> p.ready() || p.terminating()).orElse(true)) {
        count += event.count();
        namespaces.add(namespace);
        owners.add(namespace + "/" + owner(objects, namespace, event.involvedName(), pod));
        pod.flatMap(Pod::node).ifPresent(nodes::add);
        event.raw().at("source").text("host").ifPresent(nodes::add);
      }
    }
    return new ProbeTimeouts(count, nodes, namespaces, owners, undecided);
  }

  private static String owner(
      Objects objects, String namespace, String podName, Optional<Pod> living) {
    return living
        .flatMap(objects::ownerOf)
        .or(
            () ->
                objects.workloads(namespace).stream()
                    .filter(w -> podName.startsWith(w.ref().name() + "-"))
                    .max(Comparator.comparing(w -> w.ref().name().length())))
        .map(w -> w.ref().name())
        .orElseGet(() -> SUFFIX.matcher(podName).replaceFirst(""));
  }

  /** Never a refusal and never a status: those have a cause in the pod. */
  private static boolean timedOut(String message) {
    return message.contains("probe failed")
        && (message.contains("context deadline exceeded") || message.contains("i/o timeout"))
        && !message.contains("connection refused")
        && !message.contains("statuscode");
  }

  /** Whether there may be single timeouts, as far as that can be told. */
  public boolean any() {
    return events > 0 || !undecided.isEmpty();
  }

  public boolean scattered() {
    return nodes.size() >= 3 && namespaces.size() >= 3 && owners.size() >= 5;
  }
}

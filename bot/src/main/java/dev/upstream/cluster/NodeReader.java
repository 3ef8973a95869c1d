package dev.upstream.cluster;

import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.NodeFacts;
import dev.upstream.snapshot.NodeFactsLog;
import dev.upstream.snapshot.NodeView;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.ProbeTimeouts;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Source;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the node facts DaemonSet printed (RULES.md R18). */
final class NodeReader {
  private static final int MOST = 10;
  private static final Duration BACK = Duration.ofMinutes(5);

  private final String cluster;
  private final ApiReader api;

  NodeReader(String cluster, ApiReader api) {
    this.cluster = cluster;
    this.api = api;
  }

  /** The reader's pods on the nodes to look at: where probes fail first, never more than ten. */
  List<Pod> readers(Objects objects, ProbeTimeouts timeouts) {
    return all(objects).stream()
        .sorted(
            Comparator.comparing((Pod p) -> !timeouts.nodes().contains(p.node().orElse("")))
                .thenComparing(p -> p.node().orElse("")))
        .limit(MOST)
        .toList();
  }

  private static List<Pod> all(Objects objects) {
    return objects.all(Kind.POD).stream()
        .map(Pod::new)
        .filter(p -> Selectors.matches(NodeFactsLog.LABELS, p.labels()))
        .filter(p -> p.phase().equals("Running") && !p.terminating() && p.node().isPresent())
        .toList();
  }

  /** Says so when not every node is read. */
  Optional<Gap> cut(Objects objects) {
    int nodes = all(objects).size();
    return nodes <= MOST
        ? Optional.empty()
        : Optional.of(
            new Gap(
                cluster,
                Source.NODE,
                "nodes",
                Gap.Cause.TRUNCATED,
                MOST + " of " + nodes + " nodes were read, those with failing probes first.",
                "Look at the others by hand if these show nothing."));
  }

  RuntimeReader.Read<NodeView> read(Pod pod, Objects objects) {
    String node = pod.node().orElseThrow();
    Optional<String> container = pod.containers().stream().map(c -> c.name()).findFirst();
    return switch (api.rawLog(pod.namespace(), pod.name(), container.orElse(""), BACK)) {
      case ApiReader.LogRead.Failed f ->
          new RuntimeReader.Read<>(
              Optional.empty(),
              List.of(
                  new Gap(
                      cluster,
                      Source.NODE,
                      node,
                      f.gap().cause(),
                      f.gap().detail(),
                      f.gap().remedy())));
      case ApiReader.LogRead.Lines l -> {
        Optional<Map<String, String>> files = NodeFactsLog.newest(l.lines()).map(Map::copyOf);
        yield files.isPresent()
            ? RuntimeReader.Read.of(
                NodeFacts.withoutStrangers(NodeFacts.read(node, files.get()), objects))
            : new RuntimeReader.Read<>(
                Optional.empty(),
                List.of(
                    new Gap(
                        cluster,
                        Source.NODE,
                        node,
                        Gap.Cause.NOT_COLLECTED,
                        "The node facts reader "
                            + pod.namespace()
                            + "/"
                            + pod.name()
                            + " has printed no whole report in the last 5 minutes.",
                        "Look at its log, then check again.")));
      }
    };
  }
}

package dev.upstream.diagnosis;

import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.ProxyView.ProxyCluster;
import dev.upstream.snapshot.ProxyView.ProxyHost;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Failures whose end leaves no trace, so that the window (RULES.md R3) can't begin there: an object
 * was deleted, or a pod that was Ready began to listen. They are history only when they ended at
 * once and what they name as their cause is gone: every proxy has lost the cluster without usable
 * endpoints or the endpoint that was not reached; every endpoint that refused has answered since.
 */
final class Recovery {
  private static final int LEAST = 3;

  private Recovery() {}

  /** The lines in the order of time; only those after the last failure when it is over. */
  static List<AccessLogLine> since(
      List<AccessLogLine> unordered, List<ProxyView> proxies, String cluster) {
    List<AccessLogLine> lines =
        unordered.stream().sorted(Comparator.comparing(AccessLogLine::at)).toList();
    List<AccessLogLine> failed = lines.stream().filter(AccessLogLine::failed).toList();
    if (failed.isEmpty()) {
      return lines;
    }
    int first = lines.indexOf(failed.getFirst());
    int end = lines.lastIndexOf(failed.getLast()) + 1;
    boolean atOnce = end - first == failed.size() && lines.size() - end >= LEAST;
    return atOnce && failed.stream().allMatch(l -> gone(l, proxies, cluster))
        ? lines.subList(end, lines.size())
        : lines;
  }

  /** The same of an Ingress controller's log, where refused connections are all that it tells. */
  static EdgeLog since(EdgeLog log) {
    List<EdgeLog.Request> all = log.requests();
    List<EdgeLog.Request> failed = all.stream().filter(r -> r.status() >= 500).toList();
    if (failed.isEmpty()) {
      return log;
    }
    int end = all.lastIndexOf(failed.getLast()) + 1;
    List<EdgeLog.Request> after = all.subList(end, all.size());
    boolean atOnce = end - all.indexOf(failed.getFirst()) == failed.size() && after.size() >= LEAST;
    return atOnce && failed.stream().allMatch(r -> accepting(r, after))
        ? new EdgeLog(
            after,
            log.failures().stream().filter(f -> f.at().isAfter(failed.getLast().at())).toList(),
            log.notices())
        : log;
  }

  private static boolean accepting(EdgeLog.Request failed, List<EdgeLog.Request> after) {
    return !failed.failures().isEmpty()
        && failed.failures().stream()
            .allMatch(
                f -> f.refused() && after.stream().anyMatch(r -> r.lastTry().equals(f.upstream())));
  }

  private static boolean gone(AccessLogLine line, List<ProxyView> proxies, String cluster) {
    return !proxies.isEmpty()
        && proxies.stream().map(p -> p.cluster(cluster)).allMatch(c -> gone(line, c));
  }

  private static boolean gone(AccessLogLine line, Optional<ProxyCluster> cluster) {
    List<ProxyHost> usable = cluster.map(ProxyCluster::usable).orElse(List.of());
    return !usable.isEmpty()
        && (line.flags().contains("UH")
            || line.flags().contains("NC")
            || (line.flags().contains("UF")
                && usable.stream()
                    .noneMatch(h -> line.upstreamHost().equals(h.address() + ":" + h.port()))));
  }
}

package dev.upstream.diagnosis.check.edge;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.LegPods;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.Severity;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Connections to a backend are neither taken nor refused until the edge gives up. */
public final class UpstreamConnectTimeout implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "upstream-connect-timeout",
              "Connecting to a backend takes longer than the controller waits.",
              Set.of(),
              Set.of(Source.LOG, Source.OBJECTS),
              List.of("http-504-from-edge", "envoy-connect-failure"))
          .as(Role.CONTRIBUTING, Severity.CRITICAL);

  @Override
  public CheckInfo info() {
    return INFO;
  }

  /**
   * What the log says.
   *
   * @param silent the addresses that did not answer
   * @param failed requests that ended in an error because of it; fewer than the lines where a later
   *     try helped
   */
  private record Seen(SortedSet<String> silent, int lines, int failed, int all, String command) {}

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.backend() instanceof Backend.KubernetesService backend && c.logged(leg)) {
        for (Seen seen : List.of(byNginx(c, leg), byEnvoy(c, leg))) {
          if (!seen.silent().isEmpty()) {
            findings.add(finding(c, leg, backend.service(), seen));
          }
        }
      }
    }
    return findings;
  }

  private static Seen byNginx(Case c, Leg leg) {
    EdgeLog log = c.edgeLog(leg);
    SortedSet<String> silent = new TreeSet<>();
    List<EdgeLog.Failure> lines =
        log.failures().stream().filter(EdgeLog.Failure::connectTimeout).toList();
    lines.forEach(f -> silent.add(f.upstream()));
    long failed =
        log.requests().stream()
            .filter(r -> r.madeByEdge() && !r.failures().isEmpty())
            .filter(r -> r.failures().getLast().connectTimeout())
            .count();
    return new Seen(
        silent,
        lines.size(),
        (int) failed,
        log.requests().size(),
        EdgeWords.log(leg, "while connecting to upstream"));
  }

  private static Seen byEnvoy(Case c, Leg leg) {
    List<AccessLogLine> requests = c.requests(leg);
    List<AccessLogLine> failed =
        requests.stream()
            .filter(l -> l.flags().contains("UF") && l.details().contains("connection_timeout"))
            .toList();
    SortedSet<String> silent = new TreeSet<>();
    failed.forEach(l -> silent.add(l.upstreamHost()));
    return new Seen(
        silent,
        failed.size(),
        failed.size(),
        requests.size(),
        leg.caller().pods().stream()
            .findFirst()
            .map(
                p ->
                    Words.kubectl(
                        leg.cluster(),
                        "-n "
                            + p.namespace()
                            + " logs "
                            + p.name()
                            + " -c istio-proxy --since=5m | grep connection_timeout"))
            .orElse(""));
  }

  private static Finding finding(Case c, Leg leg, Service service, Seen seen) {
    return Finding.of(
            INFO,
            leg.cluster(),
            subject(c, leg, service, seen.silent()),
            "Connections to "
                + Words.destination(leg)
                + " time out: "
                + few(seen.silent())
                + (seen.silent().size() == 1
                    ? " neither takes nor refuses them."
                    : " neither take nor refuse them."))
        .hits(
            seen.failed() == 0 ? Impact.on(leg, 0) : Impact.counted(leg, seen.failed(), seen.all()))
        .proof(
            new Evidence(
                Source.LOG,
                seen.lines()
                    + " connection timeouts to "
                    + few(seen.silent())
                    + "; "
                    + seen.failed()
                    + " of "
                    + seen.all()
                    + " logged requests failed by them"
                    + EdgeWords.someOf(leg),
                seen.command()));
  }

  /** The workload of the silent pods where they are of one, else the Service. */
  private static ObjectRef subject(Case c, Leg leg, Service service, Set<String> silent) {
    List<Pod> pods =
        c.pods(leg).selected().stream()
            .filter(p -> p.ip().map(ip -> silent.stream().anyMatch(a -> at(a, ip))).orElse(false))
            .toList();
    Map<ObjectRef, List<Pod>> owners = LegPods.byOwner(c.objects(leg.cluster()), pods);
    return owners.size() == 1 ? owners.keySet().iterator().next() : service.ref();
  }

  private static boolean at(String address, String ip) {
    return address.substring(0, Math.max(0, address.lastIndexOf(':'))).equals(ip);
  }

  private static String few(SortedSet<String> addresses) {
    String first = String.join(", ", addresses.stream().limit(3).toList());
    return addresses.size() > 3 ? first + " and " + (addresses.size() - 3) + " more" : first;
  }
}

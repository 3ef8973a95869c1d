package dev.upstream.diagnosis.check.workload;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.LegPods;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.Serving;
import dev.upstream.diagnosis.Severity;
import dev.upstream.diagnosis.check.ProxyProof;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Service selects pods, and none of them is ready. */
public final class AllPodsNotReady implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "all-pods-not-ready",
              "Pods match the Service, but none of them is Ready.",
              Set.of(Source.OBJECTS),
              Set.of(Source.PROXY),
              List.of("no-ready-endpoints", "envoy-no-healthy-upstream", "http-503-from-edge"))
          .as(Role.CONTRIBUTING, Severity.CRITICAL);

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      c.pods(leg).service().flatMap(s -> finding(c, leg, s)).ifPresent(findings::add);
    }
    return findings;
  }

  private static Optional<Finding> finding(Case c, Leg leg, Service service) {
    LegPods pods = c.pods(leg);
    boolean all =
        !service.selector().isEmpty()
            && c.complete(leg.cluster(), Kind.POD, service.namespace(), service.selector());
    List<Pod> serving = pods.selected().stream().filter(p -> !p.terminating()).toList();
    if (!all || serving.isEmpty() || serving.stream().anyMatch(Pod::ready)) {
      return Optional.empty();
    }
    Serving now = c.serving(leg);
    boolean published = !pods.readyOfService().isEmpty();
    return Optional.of(
        Finding.of(
                INFO,
                leg.cluster(),
                service.ref(),
                "Requests go to "
                    + Words.shortHost(leg.host())
                    + ", and "
                    + Words.noneReady(serving.size())
                    + NotReady.words(c.objects(leg.cluster()), serving)
                        .map(w -> ": " + w)
                        .orElse("")
                    + ".")
            .hits(
                published
                    ? Impact.on(leg, 0)
                    : now.known() ? Impact.on(leg, now.empty()) : Impact.unknown(leg))
            .since(
                serving.stream().flatMap(p -> p.readyChangedAt().stream()).max(Instant::compareTo))
            .proof(
                new Evidence(
                    Source.OBJECTS,
                    "Not ready: " + Words.names(serving),
                    Words.getPods(leg.cluster(), service.namespace(), service.selector())))
            .proofs(ProxyProof.of(c, leg)));
  }
}

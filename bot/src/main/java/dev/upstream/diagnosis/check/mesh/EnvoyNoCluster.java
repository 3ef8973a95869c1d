package dev.upstream.diagnosis.check.mesh;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.Serving;
import dev.upstream.diagnosis.check.ProxyProof;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A proxy's route leads to a cluster that it does not have: 503 with flag NC. */
public final class EnvoyNoCluster implements Check {
  private static final CheckInfo INFO =
      CheckInfo.symptom(
          "envoy-no-cluster",
          "The route points to a cluster that Envoy lacks: 503, flag NC.",
          Set.of(),
          Set.of(Source.PROXY, Source.LOG, Source.OBJECTS),
          List.of());

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      Optional<ObjectRef> subject = subject(leg);
      if (leg.caller() instanceof Caller.Mesh && subject.isPresent()) {
        finding(c, leg, subject.get()).ifPresent(findings::add);
      }
    }
    return findings;
  }

  /** The VirtualService whose route it is (RULES.md R12); without one, what the request is for. */
  private static Optional<ObjectRef> subject(Leg leg) {
    return leg.route()
        .filter(r -> !(leg.backend() instanceof Backend.OwnAnswer))
        .map(Leg.Place::ref)
        .or(
            () ->
                switch (leg.backend()) {
                  case Backend.KubernetesService s -> // these have none of this name at all
                      Optional.of(s.service().ref())
                          .filter(r -> !s.service().type().equals("ExternalName"))
                          .filter(r -> s.port().protocol().equals("TCP"));
                  case Backend.MissingPort m -> Optional.of(m.service().ref());
                  case Backend.External e -> Optional.of(e.entries().getFirst().ref());
                  case Backend.MissingService m -> Optional.empty();
                  case Backend.UnknownHost u -> Optional.empty();
                  case Backend.OwnAnswer o -> Optional.empty();
                });
  }

  private static Optional<Finding> finding(Case c, Leg leg, ObjectRef subject) {
    Serving serving = c.serving(leg);
    if (!serving.byProxies() && !c.logged(leg)) {
      return Optional.empty();
    }
    boolean lacking = serving.byProxies() && serving.noCluster() > 0;
    List<AccessLogLine> requests = c.requests(leg);
    List<AccessLogLine> failed = requests.stream().filter(l -> l.flags().contains("NC")).toList();
    if (!lacking && failed.isEmpty()) {
      return Optional.empty();
    }
    Finding finding =
        Finding.of(
                INFO,
                leg.cluster(),
                subject,
                "The proxy has no cluster for " + Words.destination(leg) + ".")
            .hits(
                lacking
                    ? Impact.on(leg, serving.noCluster())
                    : Impact.counted(leg, failed.size(), requests.size()))
            .proofs(lacking ? ProxyProof.of(c, leg) : List.of());
    if (failed.isEmpty()) {
      return Optional.of(finding);
    }
    AccessLogLine last = failed.getLast();
    ObjectRef pod = leg.caller().pods().getFirst();
    return Optional.of(
        finding.proof(
            new Evidence(
                Source.LOG,
                failed.size()
                    + " logged requests ended with "
                    + last.status()
                    + " NC "
                    + last.details()
                    + ", the last at "
                    + last.at(),
                Words.kubectl(
                    leg.cluster(),
                    "-n "
                        + pod.namespace()
                        + " logs "
                        + pod.name()
                        + " -c istio-proxy --since=5m | grep ' NC '"))));
  }
}

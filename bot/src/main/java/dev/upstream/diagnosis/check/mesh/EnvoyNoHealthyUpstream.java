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

/** A proxy has the destination's cluster and nothing usable in it: 503 with flag UH. */
public final class EnvoyNoHealthyUpstream implements Check {
  private static final CheckInfo INFO =
      CheckInfo.symptom(
          "envoy-no-healthy-upstream",
          "Envoy found no usable endpoint: 503, flag UH.",
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

  private Optional<Finding> finding(Case c, Leg leg, ObjectRef subject) {
    Serving serving = c.serving(leg);
    if (!serving.byProxies() && !c.logged(leg)) {
      return Optional.empty();
    }
    boolean held = serving.byProxies() && serving.empty() > 0;
    List<AccessLogLine> requests = c.requests(leg);
    List<AccessLogLine> failed = requests.stream().filter(l -> l.flags().contains("UH")).toList();
    if (!held && failed.isEmpty()) {
      return Optional.empty();
    }
    Finding finding =
        Finding.of(
                INFO,
                leg.cluster(),
                subject,
                "The proxy has no usable endpoint for " + Words.destination(leg) + ".")
            .hits(
                held
                    ? Impact.on(leg, serving.empty())
                    : Impact.counted(leg, failed.size(), requests.size()))
            .proofs(held ? ProxyProof.of(c, leg) : List.of());
    return Optional.of(
        failed.isEmpty() ? finding : finding.proof(proof(leg, failed, requests.size())));
  }

  private static Evidence proof(Leg leg, List<AccessLogLine> failed, int all) {
    AccessLogLine last = failed.getLast();
    ObjectRef pod = leg.caller().pods().getFirst();
    return new Evidence(
        Source.LOG,
        failed.size()
            + " of "
            + all
            + " logged requests to "
            + leg.envoyCluster()
            + " ended with "
            + last.status()
            + " "
            + String.join(",", new java.util.TreeSet<>(last.flags()))
            + " "
            + last.details()
            + ", the last at "
            + last.at(),
        Words.kubectl(
            leg.cluster(),
            "-n "
                + pod.namespace()
                + " logs "
                + pod.name()
                + " -c istio-proxy --since=5m | grep ' UH '"));
  }

  private static Optional<ObjectRef> subject(Leg leg) {
    return switch (leg.backend()) {
      case Backend.KubernetesService s -> Optional.of(s.service().ref());
      case Backend.MissingPort m -> Optional.of(m.service().ref());
      case Backend.External e -> Optional.of(e.entries().getFirst().ref());
      case Backend.MissingService m -> Optional.empty();
      case Backend.UnknownHost u -> Optional.empty();
      case Backend.OwnAnswer o -> Optional.empty();
    };
  }
}

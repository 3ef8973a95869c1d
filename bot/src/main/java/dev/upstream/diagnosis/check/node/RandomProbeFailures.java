package dev.upstream.diagnosis.check.node;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.ProbeTimeouts;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Probes time out here and there, over nodes, namespaces and workloads, with nothing in common. The
 * subject stands for the cluster: its kube-system namespace.
 */
public final class RandomProbeFailures implements Check {
  private static final CheckInfo INFO =
      CheckInfo.symptom(
              "random-probe-failures",
              "Single probe timeouts scattered over nodes, namespaces and workloads.",
              Set.of(Source.EVENTS, Source.OBJECTS),
              Set.of(),
              List.of())
          .as(dev.upstream.diagnosis.Role.SYMPTOM, dev.upstream.diagnosis.Severity.WARNING);

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (String cluster : c.onPath()) {
      ProbeTimeouts timeouts = c.probeTimeouts(cluster);
      if (timeouts.scattered()) {
        findings.add(
            Finding.of(
                    INFO,
                    cluster,
                    ObjectRef.of(Kind.NAMESPACE, "", "kube-system"),
                    timeouts.events()
                        + " health checks (probes) timed out in the last hour, scattered over "
                        + timeouts.nodes().size()
                        + " nodes, "
                        + timeouts.namespaces().size()
                        + " namespaces and "
                        + timeouts.owners().size()
                        + " workloads.")
                .hits(Impact.unknown())
                .proof(
                    new Evidence(
                        Source.EVENTS,
                        timeouts.events() + " Unhealthy events that say timeout, none a refusal",
                        Words.kubectl(
                            cluster,
                            "get events -A --field-selector reason=Unhealthy | grep -E"
                                + " 'deadline exceeded|i/o timeout'"))));
      } else {
        c.path().hops().stream()
            .filter(h -> h.cluster().equals(cluster) && hasPods(h.ref()))
            .map(h -> h.ref().namespace())
            .distinct()
            .forEach(n -> c.complete(cluster, Kind.EVENT, n));
      }
    }
    return findings;
  }

  /** Only pods have probes; rules and gateways may stand in namespaces without any. */
  private static boolean hasPods(ObjectRef ref) {
    return ref.kind().equals(Kind.SERVICE.kind()) || ref.kind().equals(Kind.POD.kind());
  }
}

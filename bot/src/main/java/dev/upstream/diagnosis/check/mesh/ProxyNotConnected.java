package dev.upstream.diagnosis.check.mesh;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.LegPods;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.ProxyView.ProxyCluster;
import dev.upstream.snapshot.ProxyView.ProxyHost;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A proxy on the path is connected to no istiod, so that it still runs what it was last told
 * (RULES.md R10: a root cause only while that makes this path fail).
 */
public final class ProxyNotConnected implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "proxy-not-connected",
              "The proxy is connected to no istiod.",
              Set.of(Source.OBJECTS, Source.ISTIOD),
              Set.of(Source.PROXY),
              List.of("envoy-no-healthy-upstream", "envoy-no-cluster"))
          .alias("proxy-not-connected-or-stale");

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.caller() instanceof Caller.Mesh
          && !leg.caller().pods().isEmpty()
          && c.everyControlPlaneRead(leg.cluster())) {
        findings.addAll(leg(c, leg));
      }
    }
    return findings;
  }

  private static List<Finding> leg(Case c, Leg leg) {
    Set<String> connected = new HashSet<>();
    c.controlPlanes(leg.cluster()).stream()
        .flatMap(p -> p.sync().stream())
        .flatMap(List::stream)
        .forEach(r -> connected.add(r.proxy()));
    Objects objects = c.objects(leg.cluster());
    List<Pod> lost =
        leg.caller().pods().stream()
            .filter(p -> !connected.contains(p.name() + "." + p.namespace()))
            .flatMap(p -> objects.pod(p.namespace(), p.name()).stream())
            .filter(Pod::ready)
            .toList();
    List<Finding> findings = new ArrayList<>();
    LegPods.byOwner(objects, lost)
        .forEach((owner, pods) -> findings.add(finding(c, leg, owner, pods)));
    return findings;
  }

  private static Finding finding(Case c, Leg leg, ObjectRef owner, List<Pod> lost) {
    double failing =
        lost.stream().mapToDouble(p -> stale(c, leg, p)).sum() / leg.caller().pods().size();
    return Finding.of(
            INFO,
            leg.cluster(),
            owner,
            "Requests pass "
                + owner.words()
                + ", whose proxy "
                + Words.names(lost)
                + " is connected to no istiod and still runs an old configuration.")
        .hits(Impact.on(leg, failing))
        .proof(
            new Evidence(
                Source.ISTIOD,
                "No istiod lists "
                    + Words.names(lost)
                    + " ("
                    + Words.count(c.controlPlanes(leg.cluster()).size(), "istiod")
                    + " asked)",
                "istioctl --context " + leg.cluster() + " proxy-status"));
  }

  /** How much of what the proxy holds for the leg leads nowhere any more. */
  private static double stale(Case c, Leg leg, Pod pod) {
    Optional<ProxyView> proxy =
        c.proxies(leg).stream()
            .filter(p -> p.pod().equals(pod.name()) && p.namespace().equals(pod.namespace()))
            .findFirst();
    Set<String> ready = c.pods(leg).readyOfLeg();
    if (proxy.isEmpty() || ready.isEmpty()) {
      return 0;
    }
    List<ProxyHost> usable =
        proxy.get().cluster(leg.envoyCluster()).map(ProxyCluster::usable).orElse(List.of());
    long gone = usable.stream().filter(h -> !ready.contains(h.address())).count();
    return usable.isEmpty() ? 1 : (double) gone / usable.size();
  }
}

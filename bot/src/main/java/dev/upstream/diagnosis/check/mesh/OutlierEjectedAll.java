package dev.upstream.diagnosis.check.mesh;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.ProxyView.ProxyCluster;
import dev.upstream.snapshot.ProxyView.ProxyHost;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Outlier detection has thrown out every endpoint that could still serve. */
public final class OutlierEjectedAll implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "outlier-ejected-all",
          "Outlier detection has ejected every endpoint.",
          Set.of(Source.PROXY),
          Set.of(),
          List.of("envoy-no-healthy-upstream"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.caller() instanceof Caller.Mesh) {
        List<ProxyView> proxies = c.proxies(leg);
        if (proxies.isEmpty()) {
          c.notRead(leg.cluster(), Source.PROXY, leg.caller());
        }
        List<ProxyView> ejecting =
            proxies.stream().filter(p -> ejectedAll(p.cluster(leg.envoyCluster()))).toList();
        if (!ejecting.isEmpty()) {
          subject(leg).ifPresent(s -> findings.add(finding(leg, s, proxies, ejecting)));
        }
      }
    }
    return findings;
  }

  /** At least one endpoint is out only because of its errors, and none is left. */
  private static boolean ejectedAll(Optional<ProxyCluster> cluster) {
    return cluster
        .filter(k -> k.usable().isEmpty())
        .map(k -> k.hosts().stream().anyMatch(OutlierEjectedAll::onlyEjected))
        .orElse(false);
  }

  private static boolean onlyEjected(ProxyHost host) {
    return host.ejected()
        && new ProxyHost(
                host.address(), host.port(), false, host.failedHealthCheck(), host.edsHealth())
            .usable();
  }

  private static Finding finding(
      Leg leg, ObjectRef subject, List<ProxyView> proxies, List<ProxyView> ejecting) {
    Finding finding =
        Finding.of(
                INFO,
                leg.cluster(),
                subject,
                "Requests go to "
                    + Words.destination(leg)
                    + ", and outlier detection has ejected every endpoint of it.")
            .at(leg.rule().isPresent() ? "spec.trafficPolicy.outlierDetection" : "")
            .hits(Impact.on(leg, (double) ejecting.size() / proxies.size()));
    for (ProxyView proxy : ejecting) {
      int hosts = proxy.cluster(leg.envoyCluster()).map(k -> k.hosts().size()).orElse(0);
      finding =
          finding.proof(
              new Evidence(
                  Source.PROXY,
                  "Proxy "
                      + proxy.id()
                      + " holds "
                      + Words.count(hosts, "endpoint")
                      + " of "
                      + leg.envoyCluster()
                      + ", none usable: failed outlier check",
                  Words.endpoints(leg, proxy.namespace(), proxy.pod())));
    }
    return finding;
  }

  private static Optional<ObjectRef> subject(Leg leg) {
    if (leg.rule().isPresent()) {
      return Optional.of(leg.rule().get().ref());
    }
    return switch (leg.backend()) {
      case Backend.KubernetesService s -> Optional.of(s.service().ref());
      case Backend.External e -> Optional.of(e.entries().getFirst().ref());
      case Backend.MissingPort m -> Optional.empty();
      case Backend.MissingService m -> Optional.empty();
      case Backend.UnknownHost u -> Optional.empty();
      case Backend.OwnAnswer o -> Optional.empty();
    };
  }
}

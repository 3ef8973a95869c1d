package dev.upstream.diagnosis;

import dev.upstream.diagnosis.check.edge.BackendPortMissing;
import dev.upstream.diagnosis.check.edge.BackendServiceMissing;
import dev.upstream.diagnosis.check.edge.EdgeControllerPodsDown;
import dev.upstream.diagnosis.check.edge.Http502FromEdge;
import dev.upstream.diagnosis.check.edge.Http503FromEdge;
import dev.upstream.diagnosis.check.edge.IngressClassMissing;
import dev.upstream.diagnosis.check.edge.IngressPathNoMatch;
import dev.upstream.diagnosis.check.edge.UpstreamConnectTimeout;
import dev.upstream.diagnosis.check.egress.SeDuplicateHostPort;
import dev.upstream.diagnosis.check.mesh.DrSubsetPodsNotReady;
import dev.upstream.diagnosis.check.mesh.DrSubsetSelectsNoPods;
import dev.upstream.diagnosis.check.mesh.EnvoyNoCluster;
import dev.upstream.diagnosis.check.mesh.EnvoyNoHealthyUpstream;
import dev.upstream.diagnosis.check.mesh.OutlierEjectedAll;
import dev.upstream.diagnosis.check.mesh.ProxyNotConnected;
import dev.upstream.diagnosis.check.mesh.VsDestinationHostUnknown;
import dev.upstream.diagnosis.check.mesh.VsSubsetUndefined;
import dev.upstream.diagnosis.check.node.IpvsNodeportSourcePortHijack;
import dev.upstream.diagnosis.check.node.RandomProbeFailures;
import dev.upstream.diagnosis.check.service.NoReadyEndpoints;
import dev.upstream.diagnosis.check.service.ServiceSelectorMatchesNoPod;
import dev.upstream.diagnosis.check.service.TargetPortNameUnresolved;
import dev.upstream.diagnosis.check.service.TargetPortNumberMismatch;
import dev.upstream.diagnosis.check.workload.AllPodsNotReady;
import dev.upstream.diagnosis.check.workload.AppReturned5xx;
import dev.upstream.diagnosis.check.workload.CrashLoop;
import dev.upstream.diagnosis.check.workload.NoReadinessProbe;
import dev.upstream.diagnosis.check.workload.OomKilled;
import dev.upstream.diagnosis.check.workload.ProbeWrongPath;
import dev.upstream.diagnosis.check.workload.ProbeWrongPort;
import dev.upstream.diagnosis.check.workload.ReadinessProbeFailing;
import dev.upstream.diagnosis.check.workload.ScaledToZero;
import java.util.List;
import java.util.Optional;

/** Every check, sorted by id. */
public final class Catalogue {
  public static final List<Check> CHECKS =
      List.of(
          new AllPodsNotReady(),
          new AppReturned5xx(),
          new BackendPortMissing(),
          new BackendServiceMissing(),
          new CrashLoop(),
          new DrSubsetPodsNotReady(),
          new DrSubsetSelectsNoPods(),
          new EdgeControllerPodsDown(),
          new EnvoyNoCluster(),
          new EnvoyNoHealthyUpstream(),
          new Http502FromEdge(),
          new Http503FromEdge(),
          new IngressClassMissing(),
          new IngressPathNoMatch(),
          new IpvsNodeportSourcePortHijack(),
          new NoReadinessProbe(),
          new NoReadyEndpoints(),
          new OomKilled(),
          new OutlierEjectedAll(),
          new ProbeWrongPath(),
          new ProbeWrongPort(),
          new ProxyNotConnected(),
          new RandomProbeFailures(),
          new ReadinessProbeFailing(),
          new ScaledToZero(),
          new SeDuplicateHostPort(),
          new ServiceSelectorMatchesNoPod(),
          new TargetPortNameUnresolved(),
          new TargetPortNumberMismatch(),
          new UpstreamConnectTimeout(),
          new VsDestinationHostUnknown(),
          new VsSubsetUndefined());

  private Catalogue() {}

  /** The check of an id or of one of its old names. */
  public static Optional<CheckInfo> find(String idOrAlias) {
    return CHECKS.stream()
        .map(Check::info)
        .filter(i -> i.id().equals(idOrAlias) || i.aliases().contains(idOrAlias))
        .findFirst();
  }
}

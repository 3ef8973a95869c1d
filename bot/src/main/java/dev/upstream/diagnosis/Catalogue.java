package dev.upstream.diagnosis;

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
import dev.upstream.diagnosis.check.workload.ScaledToZero;
import java.util.List;
import java.util.Optional;

/** Every check, sorted by id. */
public final class Catalogue {
  public static final List<Check> CHECKS =
      List.of(
          new DrSubsetPodsNotReady(),
          new DrSubsetSelectsNoPods(),
          new EnvoyNoCluster(),
          new EnvoyNoHealthyUpstream(),
          new IpvsNodeportSourcePortHijack(),
          new OutlierEjectedAll(),
          new ProxyNotConnected(),
          new RandomProbeFailures(),
          new ScaledToZero(),
          new SeDuplicateHostPort(),
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

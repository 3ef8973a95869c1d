package dev.upstream.diagnosis;

import dev.upstream.diagnosis.check.edge.BackendPortMissing;
import dev.upstream.diagnosis.check.edge.BackendServiceMissing;
import dev.upstream.diagnosis.check.edge.EdgeControllerPodsDown;
import dev.upstream.diagnosis.check.edge.Http502FromEdge;
import dev.upstream.diagnosis.check.edge.Http503FromEdge;
import dev.upstream.diagnosis.check.edge.IngressClassMissing;
import dev.upstream.diagnosis.check.edge.IngressPathNoMatch;
import dev.upstream.diagnosis.check.edge.UpstreamConnectTimeout;
import dev.upstream.diagnosis.check.mesh.DrSubsetPodsNotReady;
import dev.upstream.diagnosis.check.mesh.DrSubsetSelectsNoPods;
import dev.upstream.diagnosis.check.mesh.EnvoyNoHealthyUpstream;
import dev.upstream.diagnosis.check.workload.AppReturned5xx;
import dev.upstream.diagnosis.check.workload.ScaledToZero;
import java.util.List;
import java.util.Optional;

/** Every check, sorted by id. */
public final class Catalogue {
  public static final List<Check> CHECKS =
      List.of(
          new AppReturned5xx(),
          new BackendPortMissing(),
          new BackendServiceMissing(),
          new DrSubsetPodsNotReady(),
          new DrSubsetSelectsNoPods(),
          new EdgeControllerPodsDown(),
          new EnvoyNoHealthyUpstream(),
          new Http502FromEdge(),
          new Http503FromEdge(),
          new IngressClassMissing(),
          new IngressPathNoMatch(),
          new ScaledToZero(),
          new UpstreamConnectTimeout());

  private Catalogue() {}

  /** The check of an id or of one of its old names. */
  public static Optional<CheckInfo> find(String idOrAlias) {
    return CHECKS.stream()
        .map(Check::info)
        .filter(i -> i.id().equals(idOrAlias) || i.aliases().contains(idOrAlias))
        .findFirst();
  }
}

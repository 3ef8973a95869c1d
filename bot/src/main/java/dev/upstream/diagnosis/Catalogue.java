package dev.upstream.diagnosis;

import dev.upstream.diagnosis.check.mesh.DrSubsetPodsNotReady;
import dev.upstream.diagnosis.check.mesh.DrSubsetSelectsNoPods;
import dev.upstream.diagnosis.check.mesh.EnvoyNoHealthyUpstream;
import dev.upstream.diagnosis.check.service.NoReadyEndpoints;
import dev.upstream.diagnosis.check.service.ServiceSelectorMatchesNoPod;
import dev.upstream.diagnosis.check.service.TargetPortNameUnresolved;
import dev.upstream.diagnosis.check.service.TargetPortNumberMismatch;
import dev.upstream.diagnosis.check.workload.AllPodsNotReady;
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
          new CrashLoop(),
          new DrSubsetPodsNotReady(),
          new DrSubsetSelectsNoPods(),
          new EnvoyNoHealthyUpstream(),
          new NoReadinessProbe(),
          new NoReadyEndpoints(),
          new OomKilled(),
          new ProbeWrongPath(),
          new ProbeWrongPort(),
          new ReadinessProbeFailing(),
          new ScaledToZero(),
          new ServiceSelectorMatchesNoPod(),
          new TargetPortNameUnresolved(),
          new TargetPortNumberMismatch());

  private Catalogue() {}

  /** The check of an id or of one of its old names. */
  public static Optional<CheckInfo> find(String idOrAlias) {
    return CHECKS.stream()
        .map(Check::info)
        .filter(i -> i.id().equals(idOrAlias) || i.aliases().contains(idOrAlias))
        .findFirst();
  }
}

package dev.upstream.diagnosis;

import dev.upstream.diagnosis.check.mesh.DrSubsetPodsNotReady;
import dev.upstream.diagnosis.check.mesh.DrSubsetSelectsNoPods;
import dev.upstream.diagnosis.check.mesh.EnvoyNoHealthyUpstream;
import dev.upstream.diagnosis.check.workload.ScaledToZero;
import java.util.List;
import java.util.Optional;

/** Every check, sorted by id. */
public final class Catalogue {
  public static final List<Check> CHECKS =
      List.of(
          new DrSubsetPodsNotReady(),
          new DrSubsetSelectsNoPods(),
          new EnvoyNoHealthyUpstream(),
          new ScaledToZero());

  private Catalogue() {}

  /** The check of an id or of one of its old names. */
  public static Optional<CheckInfo> find(String idOrAlias) {
    return CHECKS.stream()
        .map(Check::info)
        .filter(i -> i.id().equals(idOrAlias) || i.aliases().contains(idOrAlias))
        .findFirst();
  }
}

package dev.upstream.diagnosis.check.service;

import dev.upstream.diagnosis.Case;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Workload;
import java.util.List;
import java.util.Map;

/** The pods that manifests would make for a leg, where no running cluster was seen. */
final class Templates {
  private Templates() {}

  static List<Pod> of(Case c, Leg leg, Service service) {
    Map<String, String> subset = leg.subsetLabels().orElse(Map.of());
    return c.objects(leg.cluster()).workloads(service.namespace()).stream()
        .filter(w -> w.makes(service.selector()))
        .filter(w -> Selectors.holds(subset, w.templateLabels()))
        .map(Workload::template)
        .toList();
  }
}

package dev.upstream.lab.live;

import dev.upstream.lab.LabCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** Three countries behind ServiceEntries; one of them is defined twice, and the older one wins. */
public final class EgressFixture {
  private static final String NS = "countries";
  private static final String OTHER_NS = "countries-b";

  private EgressFixture() {}

  /** Returns what was applied. */
  public static List<HasMetadata> apply(LabCluster east) {
    List<HasMetadata> applied = new ArrayList<>(east.applyScenario("case2"));
    east.waitReady("istio-system");
    east.waitReady(NS);
    String partner = east.pods(NS, "app", "partner").getFirst().getStatus().getPodIP();
    applied.addAll(east.apply(country(NS, "at", "at", partner)));
    applied.addAll(east.apply(country(NS, "ch", "ch", partner)));
    applied.addAll(
        east.apply(
            country(NS, "de", "de", "")
                .replace(
                    "endpoints: [{address: }]", "workloadSelector: {labels: {app: old-germany}}")));
    applied.addAll(east.apply(country(OTHER_NS, "germany", "de", partner)));
    return applied;
  }

  private static String country(String namespace, String name, String code, String address) {
    return """
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      hosts: [%3$s.api.example.com]
      location: MESH_EXTERNAL
      resolution: STATIC
      ports: [{number: 8080, name: http, protocol: HTTP}]
      endpoints: [{address: %4$s}]
    """
        .formatted(namespace, name, code, address);
  }

  /** The repair: the definition that has no address any more goes. */
  public static void dropTheOldGermany(LabCluster east) {
    east.client()
        .genericKubernetesResources("networking.istio.io/v1", "ServiceEntry")
        .inNamespace(NS)
        .withName("de")
        .delete();
  }

  public static void clean(LabCluster east) {
    east.deleteNamespace(OTHER_NS);
    east.deleteNamespace(NS);
  }
}

package dev.upstream.diagnosis.check;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the proxies of a leg's caller hold for its destination, as evidence. */
public final class ProxyProof {
  private ProxyProof() {}

  /** One line a proxy that was read. */
  public static List<Evidence> of(Case c, Leg leg) {
    List<Evidence> proofs = new ArrayList<>();
    for (ProxyView proxy : c.proxies(leg)) {
      Optional<ProxyView.ProxyCluster> cluster = proxy.cluster(leg.envoyCluster());
      String state =
          cluster
              .map(k -> k.usable().size() + " of " + k.hosts().size() + " endpoints usable")
              .orElse("no such cluster");
      proofs.add(
          new Evidence(
              Source.PROXY,
              "Proxy " + proxy.id() + " holds " + leg.envoyCluster() + ": " + state,
              Words.endpoints(leg, proxy.namespace(), proxy.pod())));
    }
    return proofs;
  }
}

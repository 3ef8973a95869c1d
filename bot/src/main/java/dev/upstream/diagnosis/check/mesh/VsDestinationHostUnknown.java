package dev.upstream.diagnosis.check.mesh;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.check.ProxyProof;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Caller;
import dev.upstream.path.HostNames;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A route's destination host is neither a Service nor a ServiceEntry that the proxy sees. */
public final class VsDestinationHostUnknown implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "vs-destination-host-unknown",
          "The route's destination host is no known service, often a short name.",
          Set.of(Source.OBJECTS),
          Set.of(Source.PROXY),
          List.of("envoy-no-cluster"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.caller() instanceof Caller.Mesh
          && leg.route().isPresent()
          && !(leg.backend() instanceof Backend.UnknownHost)) {
        c.looked(Source.OBJECTS);
      }
      if (leg.backend() instanceof Backend.UnknownHost
          && leg.route().isPresent()
          && c.complete(leg.cluster(), Kind.SERVICE, "")
          && c.complete(leg.cluster(), Kind.SERVICE_ENTRY, "")) {
        findings.add(finding(c, leg, leg.route().get()));
      }
    }
    return findings;
  }

  private static Finding finding(Case c, Leg leg, Leg.Place route) {
    String name = leg.host().substring(0, (leg.host() + ".").indexOf('.'));
    List<String> elsewhere =
        c.objects(leg.cluster()).services().stream()
            .filter(s -> s.name().equals(name))
            .map(s -> s.namespace())
            .sorted()
            .toList();
    boolean partial = !leg.host().endsWith(".svc.cluster.local");
    String near =
        elsewhere.isEmpty()
            ? ""
            : " A Service "
                + name
                + " exists in namespace "
                + String.join(" and in namespace ", elsewhere)
                + (partial
                    ? "; a name with a dot means it only when it is written in full."
                    : "; a short name only means the namespace of the VirtualService.");
    return Finding.of(
            INFO,
            leg.cluster(),
            route.ref(),
            "Requests go to "
                + (partial ? leg.host() : HostNames.shown(leg.host()))
                + ", which is no Service and no ServiceEntry."
                + near)
        .at(route.fieldPath() + ".host")
        .hits(Impact.failing(leg, c.serving(leg)))
        .proof(
            new Evidence(
                Source.OBJECTS,
                route.ref().words() + " routes to host " + leg.host() + ", and nothing defines it",
                Words.kubectl(leg.cluster(), "get services,serviceentries -A | grep " + name)))
        .proofs(ProxyProof.of(c, leg));
  }
}

package dev.upstream.diagnosis.check.service;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.Serving;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.EndpointSlice;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The EndpointSlices of a Service hold no ready endpoint for the wanted port. */
public final class NoReadyEndpoints implements Check {
  private static final CheckInfo INFO =
      CheckInfo.symptom(
          "no-ready-endpoints",
          "The Service has no ready endpoint for the wanted port.",
          Set.of(Source.OBJECTS),
          Set.of(Source.PROXY),
          List.of("envoy-no-healthy-upstream", "http-503-from-edge"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.backend() instanceof Backend.KubernetesService backend
          && !backend.service().type().equals("ExternalName")) {
        finding(c, leg, backend).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Optional<Finding> finding(Case c, Leg leg, Backend.KubernetesService backend) {
    Service service = backend.service();
    boolean none =
        c.slicesComplete(leg.cluster(), service) && c.pods(leg).readyOfService().isEmpty();
    Serving serving = c.serving(leg);
    // a proxy that has endpoints all the same got them from another cluster, or is behind
    if (!none || (serving.byProxies() && serving.failing() == 0)) {
      return Optional.empty();
    }
    boolean lastResort = leg.caller() instanceof Caller.Plain && c.pods(leg).lastResort();
    List<EndpointSlice> slices = c.objects(leg.cluster()).endpointSlicesOf(service);
    Finding finding =
        Finding.of(
                INFO,
                leg.cluster(),
                service.ref(),
                service.ref().words()
                    + " has no ready endpoint for port "
                    + backend.port().number()
                    + ending(c.pods(leg).ending().size(), lastResort)
                    + ".")
            .hits(Impact.on(leg, serving.byProxies() ? serving.failing() : lastResort ? 0 : 1))
            .proof(
                new Evidence(
                    Source.OBJECTS,
                    "EndpointSlices of "
                        + service.name()
                        + ": "
                        + counted(slices, backend.port().name()),
                    Words.kubectl(
                        leg.cluster(),
                        "-n "
                            + service.namespace()
                            + " get endpointslices -l kubernetes.io/service-name="
                            + service.name()
                            + " -o yaml")));
    return Optional.of(lastResort ? finding.asRisk() : finding);
  }

  /** What becomes of endpoints that end and still serve, for this caller. */
  private static String ending(int ending, boolean lastResort) {
    return ending == 0
        ? ""
        : lastResort
            ? "; kube-proxy still sends to " + ending + " that will end soon"
            : "; " + ending + " that will end soon would serve, and the proxy does not use them";
  }

  private static String counted(List<EndpointSlice> slices, String port) {
    List<EndpointSlice.Endpoint> with =
        slices.stream()
            .filter(s -> s.ports().containsKey(port))
            .flatMap(s -> s.endpoints().stream())
            .toList();
    List<EndpointSlice.Endpoint> without =
        slices.stream()
            .filter(s -> !s.ports().containsKey(port))
            .flatMap(s -> s.endpoints().stream())
            .toList();
    long ending = with.stream().filter(EndpointSlice.Endpoint::terminating).count();
    String name = port.isEmpty() ? "the port" : "port " + port;
    if (with.isEmpty() && without.isEmpty()) {
      return "no endpoint";
    }
    String ready =
        with.isEmpty()
            ? "no endpoint for " + name
            : Words.count(with.size(), "endpoint")
                + " for "
                + name
                + ", none ready"
                + (ending > 0 ? " (" + ending + " ending)" : "");
    return without.isEmpty()
        ? ready
        : ready
            + "; "
            + without.size()
            + " without that port, "
            + without.stream().filter(EndpointSlice.Endpoint::ready).count()
            + " of them ready";
  }
}

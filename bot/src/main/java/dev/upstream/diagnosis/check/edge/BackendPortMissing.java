package dev.upstream.diagnosis.check.edge;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An Ingress names a port that its Service does not have. */
public final class BackendPortMissing implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "backend-port-missing",
          "The Ingress or route names a port that the Service lacks.",
          Set.of(Source.OBJECTS),
          Set.of(),
          List.of("http-503-from-edge"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.backend() instanceof Backend.MissingPort missing
          && leg.caller() instanceof Caller.IngressController) {
        leg.route().ifPresent(place -> findings.add(finding(c, leg, place, missing)));
      } else if (leg.backend() instanceof Backend.MissingService unseen) {
        c.complete(leg.cluster(), Kind.SERVICE, unseen.namespace());
      } else if (leg.backend() instanceof Backend.KubernetesService
          && leg.caller() instanceof Caller.IngressController) {
        c.looked(Source.OBJECTS);
      }
    }
    return findings;
  }

  private static Finding finding(Case c, Leg leg, Leg.Place place, Backend.MissingPort missing) {
    Service service = missing.service();
    String has =
        service.ports().isEmpty()
            ? "none"
            : service.ports().stream()
                .map(BackendPortMissing::words)
                .collect(Collectors.joining(", "));
    return Finding.of(
            INFO,
            leg.cluster(),
            place.ref(),
            place.ref().words()
                + " sends requests to port "
                + missing.port()
                + " of Service "
                + service.name()
                + ", which has no such port; it has "
                + has
                + ".")
        .at(place.fieldPath() + ".port")
        .hits(Impact.failing(leg, c.serving(leg)))
        .proof(
            new Evidence(
                Source.OBJECTS,
                service.ref().words() + " has the ports " + has,
                Words.kubectl(
                    leg.cluster(),
                    "-n " + service.namespace() + " get service " + service.name() + " -o wide")));
  }

  private static String words(Service.Port port) {
    return port.number() + (port.name().isEmpty() ? "" : " (" + port.name() + ")");
  }
}

package dev.upstream.diagnosis.check.service;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.Serving;
import dev.upstream.diagnosis.check.ProxyProof;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The pods declare no container port of the name that the Service's targetPort is. */
public final class TargetPortNameUnresolved implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "target-port-name-unresolved",
          "No container declares the port name that targetPort refers to.",
          Set.of(Source.OBJECTS),
          Set.of(Source.PROXY),
          List.of("no-ready-endpoints", "envoy-no-healthy-upstream", "http-503-from-edge"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.backend() instanceof Backend.KubernetesService backend
          && backend.port().targetsName()
          && !backend.service().selector().isEmpty()) {
        finding(c, leg, backend).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Optional<Finding> finding(Case c, Leg leg, Backend.KubernetesService backend) {
    Service service = backend.service();
    Service.Port port = backend.port();
    boolean lint = c.manifestsOnly(leg.cluster());
    if (!lint
        && (!c.complete(leg.cluster(), Kind.POD, service.namespace(), service.selector())
            || !c.slicesComplete(leg.cluster(), service))) {
      return Optional.empty();
    }
    List<Pod> pods =
        lint
            ? Templates.of(c, leg, service)
            : c.pods(leg).chosen().stream().filter(p -> !p.terminating()).toList();
    List<Pod> lacking = pods.stream().filter(p -> lacks(p, port)).toList();
    if (lacking.isEmpty()) {
      return Optional.empty();
    }
    String whose =
        lacking.size() == pods.size()
            ? "its pods"
            : lacking.size() + " of its " + Words.count(pods.size(), "pod");
    return Optional.of(
        Finding.of(
                INFO,
                leg.cluster(),
                service.ref(),
                "Requests go to "
                    + Words.destination(leg)
                    + ", whose targetPort "
                    + port.targetPort()
                    + " no container of "
                    + whose
                    + " declares"
                    + names(lacking, port.protocol())
                    + ".")
            .at("spec.ports[" + service.ports().indexOf(port) + "].targetPort")
            .hits(
                lint
                    ? Impact.on(leg, lacking.size() == pods.size() ? 1 : 0)
                    : impact(c, leg, port, pods))
            .proof(
                new Evidence(
                    Source.OBJECTS,
                    "Without a "
                        + port.protocol()
                        + " port named "
                        + port.targetPort()
                        + ": "
                        + Words.names(lacking),
                    Words.kubectl(
                        leg.cluster(),
                        "-n "
                            + service.namespace()
                            + " get pods -l "
                            + Words.selector(service.selector())
                            + " -o jsonpath='{range .items[*]}{.metadata.name}{\"\\t\"}"
                            + "{.spec.containers[*].ports}{\"\\n\"}{end}'")))
            .proofs(lint ? List.of() : List.of(slices(c, leg, backend)))
            .proofs(ProxyProof.of(c, leg)));
  }

  private static boolean lacks(Pod pod, Service.Port port) {
    return pod.portNamed(port.targetPort(), port.protocol()).isEmpty();
  }

  /** It hurts where no pod resolves the name, or only pods that could serve lack it. */
  private static Impact impact(Case c, Leg leg, Service.Port port, List<Pod> pods) {
    boolean another = pods.stream().anyMatch(p -> !lacks(p, port) && p.ready());
    boolean decides =
        pods.stream().allMatch(p -> lacks(p, port))
            || pods.stream().anyMatch(p -> lacks(p, port) && p.ready());
    Serving serving = c.serving(leg);
    return another || !decides
        ? Impact.on(leg, 0)
        : serving.known() ? Impact.on(leg, serving.empty()) : Impact.unknown(leg);
  }

  private static String names(List<Pod> pods, String protocol) {
    Set<String> names = new TreeSet<>();
    pods.stream()
        .flatMap(p -> p.containers().stream())
        .filter(k -> !k.meshProxy())
        .flatMap(k -> k.ports().stream())
        .filter(p -> p.protocol().equals(protocol) && !p.name().isEmpty())
        .forEach(p -> names.add(p.name()));
    return names.isEmpty() ? "" : "; declared: " + String.join(", ", names);
  }

  private static Evidence slices(Case c, Leg leg, Backend.KubernetesService backend) {
    Service service = backend.service();
    String name = backend.port().name();
    long without =
        c.objects(leg.cluster()).endpointSlicesOf(service).stream()
            .filter(s -> !s.ports().containsKey(name))
            .mapToLong(s -> s.endpoints().stream().filter(e -> e.ready()).count())
            .sum();
    return new Evidence(
        Source.OBJECTS,
        without
            + (without == 1 ? " ready endpoint stands" : " ready endpoints stand")
            + " in EndpointSlices without "
            + (name.isEmpty() ? "a port" : "port " + name),
        Words.kubectl(
            leg.cluster(),
            "-n "
                + service.namespace()
                + " get endpointslices -l kubernetes.io/service-name="
                + service.name()
                + " -o custom-columns='SLICE:.metadata.name,PORTS:.ports[*].name,"
                + "NUMBERS:.ports[*].port,ADDRESSES:.endpoints[*].addresses[0]'"));
  }
}

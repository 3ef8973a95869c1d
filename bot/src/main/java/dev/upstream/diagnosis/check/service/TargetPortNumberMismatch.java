package dev.upstream.diagnosis.check.service;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Confidence;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.LegPods;
import dev.upstream.diagnosis.check.Connects;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Service sends requests to a port number on which its pods do not listen: proven by refused
 * connections; without any, other declared ports make it a risk. Declaring a port is information
 * only, so that a missing declaration alone proves nothing.
 */
public final class TargetPortNumberMismatch implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "target-port-number-mismatch",
              "The numeric targetPort is one on which the pods do not listen.",
              Set.of(Source.OBJECTS),
              Set.of(Source.LOG),
              List.of(
                  "envoy-connect-failure",
                  "edge-connection-refused",
                  "http-502-from-edge",
                  "http-503-from-edge",
                  "app-returned-5xx"))
          .alias("target-port-mismatch");

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.backend() instanceof Backend.KubernetesService backend
          && !backend.port().targetsName()
          && !backend.service().selector().isEmpty()) {
        finding(c, leg, backend).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Optional<Finding> finding(Case c, Leg leg, Backend.KubernetesService backend) {
    Service service = backend.service();
    boolean lint = c.manifestsOnly(leg.cluster());
    if (!lint
        && (!c.complete(leg.cluster(), Kind.POD, service.namespace(), service.selector())
            || !c.slicesComplete(leg.cluster(), service))) {
      return Optional.empty();
    }
    LegPods pods = c.pods(leg);
    Ports ports = Ports.of(backend.port().targetPort());
    Connects connects = Connects.of(c, leg);
    List<Pod> ready =
        lint
            ? Templates.of(c, leg, service)
            : pods.chosen().stream()
                .filter(p -> p.ip().map(pods.readyOfLeg()::contains).orElse(false))
                .toList();
    List<Pod> seen =
        ready.stream()
            .filter(p -> ports.refusedAt(p, connects) && !ports.starting(p, connects))
            .toList();
    List<Pod> other =
        ready.stream()
            .filter(p -> ports.declaredElsewhere(p) && !ports.listens(p))
            .filter(p -> !ports.answeredAt(p, connects) && !ports.refusedAt(p, connects))
            .toList();
    if (seen.isEmpty() && other.isEmpty()) {
      if (ready.isEmpty()
          || !ready.stream().allMatch(p -> ports.listens(p) || ports.answeredAt(p, connects))) {
        c.couldNotTell();
      }
      return Optional.empty();
    }
    // pods like one that refused refuse too, though no logged request met them
    List<Pod> refusing = new ArrayList<>(seen);
    if (!seen.isEmpty()) {
      refusing.addAll(other);
    }
    boolean undeclared = refusing.stream().allMatch(ports::declaredElsewhere);
    boolean met = seen.stream().anyMatch(p -> connects.refuses(p.ip().orElse(""), ports.target()));
    Confidence sure = met && undeclared ? Confidence.HIGH : Confidence.MEDIUM;
    double fraction = refusing.isEmpty() ? 0 : (double) refusing.size() / pods.readyPods();
    List<Pod> shown = seen.isEmpty() ? other : seen;
    return Optional.of(
        Finding.of(
                INFO,
                leg.cluster(),
                service.ref(),
                seen.isEmpty()
                    ? undeclared(leg, ports, other)
                    : summary(leg, ports, refusing, ready.size()))
            .at("spec.ports[" + service.ports().indexOf(backend.port()) + "].targetPort")
            .hits(Impact.on(leg, fraction))
            .sure(sure)
            .proofs(proofs(leg, service, ports, shown, connects)));
  }

  private static String summary(Leg leg, Ports ports, List<Pod> refusing, int all) {
    String some = refusing.size() + " of " + Words.count(all, "pod");
    return "Requests go to "
        + Words.destination(leg)
        + (refusing.size() < all
            ? ", where " + some + (refusing.size() == 1 ? " refuses" : " refuse") + " connections"
            : ", whose pods refuse connections")
        + " to targetPort "
        + ports.target()
        + instead(ports, refusing.getFirst())
        + ".";
  }

  private static String undeclared(Leg leg, Ports ports, List<Pod> pods) {
    return "Requests go to "
        + Words.destination(leg)
        + ", whose targetPort "
        + ports.target()
        + " its pods do not declare"
        + instead(ports, pods.getFirst())
        + ".";
  }

  private static String instead(Ports ports, Pod pod) {
    return ports.declaredElsewhere(pod)
        ? "; they declare port " + Words.numbers(ports.declaredBy(pod))
        : "";
  }

  private static List<Evidence> proofs(
      Leg leg, Service service, Ports ports, List<Pod> pods, Connects connects) {
    List<Evidence> proofs = new ArrayList<>();
    for (Pod pod : pods.stream().limit(3).toList()) {
      List<Connects.Connect> to = connects.to(pod.ip().orElse(""), ports.target());
      if (!to.isEmpty()) {
        // without a caller's log it is the pod's own sidecar that tells of the connection
        Optional<ObjectRef> caller = leg.caller().pods().stream().findFirst();
        proofs.add(
            new Evidence(
                Source.LOG,
                to.stream().filter(k -> k.end() != Connects.End.ANSWERED).count()
                    + " of "
                    + Words.count(to.size(), "logged connection")
                    + " to "
                    + pod.name()
                    + " at "
                    + to.getLast().endpoint()
                    + " failed, the last at "
                    + to.getLast().at()
                    + ": "
                    + Words.excerpt(to.getLast().line()),
                Words.kubectl(
                    leg.cluster(),
                    "-n "
                        + caller.map(ObjectRef::namespace).orElse(pod.namespace())
                        + " logs "
                        + caller.map(ObjectRef::name).orElse(pod.name() + " -c istio-proxy")
                        + " --since=5m | grep "
                        + to.getLast().endpoint())));
      }
    }
    proofs.add(
        new Evidence(
            Source.OBJECTS,
            service.ref().words()
                + " has targetPort "
                + ports.target()
                + "; "
                + pods.getFirst().name()
                + " declares "
                + (ports.declaredBy(pods.getFirst()).isEmpty()
                    ? "no port"
                    : Words.numbers(ports.declaredBy(pods.getFirst()))),
            Words.kubectl(
                leg.cluster(),
                "-n "
                    + service.namespace()
                    + " get pods -l "
                    + Words.selector(service.selector())
                    + " -o jsonpath='{range .items[*]}{.metadata.name}{\"\\t\"}"
                    + "{.spec.containers[*].ports}{\"\\n\"}{end}'")));
    return proofs;
  }

  /** What a pod tells of the Service's target port. */
  private record Ports(int target) {
    static Ports of(String targetPort) {
      return new Ports(targetPort.length() > 5 ? 0 : Integer.parseInt(targetPort));
    }

    List<Integer> declaredBy(Pod pod) {
      return pod.containers().stream()
          .filter(k -> !k.meshProxy())
          .flatMap(k -> k.ports().stream())
          .map(p -> p.number())
          .distinct()
          .toList();
    }

    boolean declaredElsewhere(Pod pod) {
      List<Integer> declared = declaredBy(pod);
      return !declared.isEmpty() && !declared.contains(target);
    }

    /** A readiness probe on this very port passes, as the pod is ready. */
    boolean listens(Pod pod) {
      return pod.containers().stream()
          .flatMap(k -> k.probe("readinessProbe").stream())
          .flatMap(
              p ->
                  java.util.stream.Stream.of(
                      p.string("httpGet", "port"), p.string("tcpSocket", "port")))
          .anyMatch(
              p ->
                  p.equals(Integer.toString(target))
                      || pod.portNamed(p, "TCP").filter(n -> n == target).isPresent());
    }

    /** Refused; or the pod's own sidecar, which is refused in our stead, answers 503. */
    boolean refusedAt(Pod pod, Connects connects) {
      String ip = pod.ip().orElse("");
      boolean sidecar =
          pod.hasProxy()
              && declaredElsewhere(pod)
              && connects.last(ip, target).filter(Connects.End.UNAVAILABLE::equals).isPresent();
      return !listens(pod) && (connects.refuses(ip, target) || sidecar);
    }

    boolean answeredAt(Pod pod, Connects connects) {
      return connects.answered(pod.ip().orElse(""), target);
    }

    /** Only just started and not probed: it may yet listen, which is another cause's business. */
    boolean starting(Pod pod, Connects connects) {
      return !declaredElsewhere(pod)
          && connects.to(pod.ip().orElse(""), target).stream()
              .allMatch(k -> Connects.soonAfterStart(pod, k.at()));
    }
  }
}

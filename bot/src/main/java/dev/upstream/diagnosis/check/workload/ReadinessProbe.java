package dev.upstream.diagnosis.check.workload;

import dev.upstream.diagnosis.check.Words;
import dev.upstream.snapshot.Container;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The readiness probe of a container as its owner wrote it. Istio's injector sends the kubelet to
 * the sidecar instead (port 15020, istio.io/istio pkg/kube/inject/app_probe.go); what was written
 * stands in the workload's template.
 *
 * @param written as the owner wrote it
 * @param otherPath what shows that the application serves another path than the probe's
 */
record ReadinessProbe(Fields written, boolean throughSidecar, Optional<String> otherPath) {
  private static final String FIELD = "readinessProbe";
  private static final String SIDECAR = "15020";

  static Optional<ReadinessProbe> of(Objects objects, Pod pod, Container container) {
    return container
        .probe(FIELD)
        .map(
            probe -> {
              boolean rewritten =
                  probe.string("httpGet", "port").equals(SIDECAR)
                      && probe.string("httpGet", "path").startsWith("/app-health/");
              Optional<Workload> owner = objects.ownerOf(pod);
              Optional<Fields> template = owner.flatMap(w -> template(w.raw(), container.name()));
              Fields written =
                  template
                      .filter(t -> rewritten && t.at(FIELD).present())
                      .map(t -> t.at(FIELD))
                      .orElse(probe);
              Optional<String> other =
                  passing(container, rewritten ? template : Optional.of(container.spec()), written)
                      .or(() -> owner.flatMap(w -> before(objects, w, container.name(), written)));
              return new ReadinessProbe(written, rewritten, other);
            });
  }

  /** A liveness probe with another path on the same port, which has restarted nothing yet. */
  private static Optional<String> passing(
      Container container, Optional<Fields> spec, Fields written) {
    return spec.map(s -> s.at("livenessProbe", "httpGet"))
        .filter(get -> container.restarts() == 0 && otherPath(get, written))
        .map(get -> "its liveness probe passes with " + get.text("path").orElse("/"));
  }

  /** Another path in a ReplicaSet of an older or newer revision. */
  private static Optional<String> before(
      Objects objects, Workload owner, String container, Fields written) {
    return objects.in(Kind.REPLICA_SET, owner.namespace()).stream()
        .filter(
            r ->
                r.at("metadata").list("ownerReferences").stream()
                    .anyMatch(
                        o ->
                            o.string("kind").equals(owner.ref().kind())
                                && o.string("name").equals(owner.ref().name())))
        .flatMap(r -> template(r, container).stream())
        .map(t -> t.at(FIELD, "httpGet"))
        .filter(get -> otherPath(get, written))
        .findFirst()
        .map(get -> "another revision asks for " + get.text("path").orElse("/"));
  }

  private static boolean otherPath(Fields get, Fields written) {
    return get.present()
        && get.string("port").equals(written.string("httpGet", "port"))
        && !get.string("path").equals(written.string("httpGet", "path"));
  }

  private static Optional<Fields> template(Resource workload, String container) {
    return workload.at("spec", "template", "spec").list("containers").stream()
        .filter(k -> k.string("name").equals(container))
        .findFirst();
  }

  /** How long the kubelet waits and tries before a failure counts. */
  Duration patience() {
    long period = written.number("periodSeconds").orElse(10);
    long tries = written.number("failureThreshold").orElse(3);
    return Duration.ofSeconds(written.number("initialDelaySeconds").orElse(0) + period * tries);
  }

  String path() {
    return written.text("httpGet", "path").orElse("/");
  }

  private String kind() {
    return written.at("tcpSocket").present()
        ? "tcpSocket"
        : written.at("grpc").present() ? "grpc" : "httpGet";
  }

  /** The number that the probe connects to; 0 for a name that nobody declares. */
  int port(Pod pod) {
    String port = written.string(kind(), "port");
    return port.matches("\\d{1,5}") ? Integer.parseInt(port) : pod.portNamed(port, "TCP").orElse(0);
  }

  /** The TCP ports that the pod's own containers declare. */
  static List<Integer> declared(Pod pod) {
    List<Integer> ports = new ArrayList<>();
    pod.containers().stream()
        .filter(k -> !k.meshProxy())
        .flatMap(k -> k.ports().stream())
        .filter(p -> p.protocol().equals("TCP") && !ports.contains(p.number()))
        .forEach(p -> ports.add(p.number()));
    return ports;
  }

  /** Whether the pod declares ports, and the probe's, as far as it is known, is none of them. */
  boolean declaredElsewhere(Pod pod) {
    List<Integer> declared = declared(pod);
    boolean known = !written.string(kind(), "port").equals(SIDECAR);
    return known && !declared.isEmpty() && !declared.contains(port(pod));
  }

  String declaredWords(Pod pod) {
    List<Integer> declared = declared(pod);
    return declared.isEmpty()
        ? ", no port declared"
        : ", declared ports " + Words.numbers(declared);
  }

  /** Where the field of this name stands below the container. */
  String field(String name) {
    return FIELD + "." + kind() + "." + name;
  }

  /** {@code GET :8080/ready}. */
  String words() {
    String port = written.string(kind(), "port");
    return switch (kind()) {
      case "tcpSocket" -> "TCP port " + port;
      case "grpc" -> "gRPC port " + port;
      default -> written.at("httpGet").present() ? "GET :" + port + path() : "a command";
    };
  }
}

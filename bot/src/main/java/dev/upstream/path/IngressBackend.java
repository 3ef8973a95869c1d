package dev.upstream.path;

import dev.upstream.snapshot.Service;
import java.util.Optional;

/** Which port of a Service an Ingress means. */
final class IngressBackend {
  private IngressBackend() {}

  static Backend of(Service service, IngressRules.Entry entry, Caller caller) {
    boolean nginx =
        caller instanceof Caller.IngressController c && !IngressOwner.other(c.controller());
    Optional<Service.Port> port = nginx ? asNginx(service, entry) : asWritten(service, entry);
    return port.<Backend>map(p -> new Backend.KubernetesService(service, p))
        .orElseGet(() -> new Backend.MissingPort(service, entry.port()));
  }

  /** By name where one is given, else by the Service's own number. */
  private static Optional<Service.Port> asWritten(Service service, IngressRules.Entry entry) {
    String name = entry.backend().string("service", "port", "name");
    return name.isEmpty()
        ? service.port(entry.backend().number("service", "port", "number").orElse(0))
        : service.port(name);
  }

  /** ingress-nginx also takes a targetPort for the port (controller.go, serviceEndpoints). */
  private static Optional<Service.Port> asNginx(Service service, IngressRules.Entry entry) {
    String wanted = entry.port();
    return service.ports().stream()
        .filter(
            p ->
                Integer.toString(p.number()).equals(wanted)
                    || p.targetPort().equals(wanted)
                    || p.name().equals(wanted))
        .findFirst();
  }
}

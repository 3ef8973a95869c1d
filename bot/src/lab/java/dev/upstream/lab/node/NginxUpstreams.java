package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceBackendPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The upstreams of an nginx.conf with their endpoints, and what the controller says on the way. */
final class NginxUpstreams {
  static final String DEFAULT_BACKEND = "upstream-default-backend";

  private final NginxConf.Objects objects;
  private final Map<String, List<String>> endpoints = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();

  NginxUpstreams(NginxConf.Objects objects) {
    this.objects = objects;
    objects.ingresses().forEach(this::upstreamsOf);
  }

  /** Addresses with ports, by the upstream's name; none where nothing is ready. */
  Map<String, List<String>> endpoints() {
    return endpoints;
  }

  List<String> warnings() {
    return warnings;
  }

  private void upstreamsOf(Ingress ingress) {
    Optional.ofNullable(ingress.getSpec().getDefaultBackend())
        .ifPresent(backend -> upstream(ingress, backend));
    for (IngressRule rule : ingress.getSpec().getRules()) {
      NginxLocation.paths(rule).forEach(path -> upstream(ingress, path.getBackend()));
    }
  }

  private void upstream(Ingress ingress, IngressBackend backend) {
    String name = name(ingress, backend);
    if (backend.getService() == null || endpoints.containsKey(name)) {
      return;
    }
    String key = ingress.getMetadata().getNamespace() + "/" + backend.getService().getName();
    Optional<Service> service =
        objects.services().stream()
            .filter(
                one ->
                    (one.getMetadata().getNamespace() + "/" + one.getMetadata().getName())
                        .equals(key))
            .findFirst();
    if (service.isEmpty()) {
      warnings.add(
          "Error obtaining Endpoints for Service \"%1$s\": no object matching key \"%1$s\" in local store"
              .formatted(key));
    }
    endpoints.put(name, service.map(one -> endpoints(one, port(backend))).orElse(List.of()));
  }

  /**
   * A port may be meant by its number, its targetPort or its name; for none of them the controller
   * says nothing.
   */
  private List<String> endpoints(Service service, String wanted) {
    for (ServicePort port : service.getSpec().getPorts()) {
      String target =
          Optional.ofNullable(port.getTargetPort())
              .map(t -> String.valueOf(t.getValue()))
              .orElse("");
      if (List.of(
              String.valueOf(port.getPort()),
              target,
              Optional.ofNullable(port.getName()).orElse(""))
          .contains(wanted)) {
        List<String> found = endpoints(service, port);
        if (found.isEmpty()) {
          warnings.add(
              "Service \"%s/%s\" does not have any active Endpoint."
                  .formatted(
                      service.getMetadata().getNamespace(), service.getMetadata().getName()));
        }
        return found;
      }
    }
    return List.of();
  }

  private List<String> endpoints(Service service, ServicePort port) {
    String name = Optional.ofNullable(port.getName()).orElse("");
    return objects.slices().stream()
        .filter(
            slice ->
                slice.getMetadata().getNamespace().equals(service.getMetadata().getNamespace()))
        .filter(
            slice ->
                service
                    .getMetadata()
                    .getName()
                    .equals(slice.getMetadata().getLabels().get("kubernetes.io/service-name")))
        .flatMap(
            slice ->
                Optional.ofNullable(slice.getPorts())
                    .orElse(List.of())
                    .stream() // none without endpoints
                    .filter(one -> name.equals(Optional.ofNullable(one.getName()).orElse("")))
                    .flatMap(
                        one ->
                            Optional.ofNullable(slice.getEndpoints()).orElse(List.of()).stream()
                                .filter(to -> !Boolean.FALSE.equals(to.getConditions().getReady()))
                                .flatMap(
                                    to ->
                                        to.getAddresses().stream()
                                            .map(address -> address + ":" + one.getPort()))))
        .distinct()
        .sorted()
        .toList();
  }

  static String name(Ingress ingress, IngressBackend backend) {
    return backend.getService() == null
        ? DEFAULT_BACKEND
        : "%s-%s-%s"
            .formatted(
                ingress.getMetadata().getNamespace(),
                backend.getService().getName(),
                port(backend));
  }

  private static String port(IngressBackend backend) {
    ServiceBackendPort port = backend.getService().getPort();
    return Optional.ofNullable(port.getNumber())
        .map(String::valueOf)
        .orElseGet(() -> String.valueOf(port.getName()));
  }
}

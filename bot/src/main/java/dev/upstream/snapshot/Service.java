package dev.upstream.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Kubernetes Service. */
public record Service(Resource raw) {
  /**
   * @param targetPort a number or the name of a container port; the port's own number when unset
   */
  public record Port(
      String name, int number, String protocol, String targetPort, Optional<Integer> nodePort) {
    public boolean targetsName() {
      return !targetPort.matches("\\d+");
    }
  }

  public ObjectRef ref() {
    return raw.ref();
  }

  public String name() {
    return raw.name();
  }

  public String namespace() {
    return raw.namespace();
  }

  public Map<String, String> selector() {
    return raw.at("spec").textMap("selector");
  }

  public String type() {
    return raw.at("spec").text("type").orElse("ClusterIP");
  }

  public List<Port> ports() {
    return raw.at("spec").list("ports").stream()
        .map(
            p -> {
              int number = p.number("port").orElse(0);
              return new Port(
                  p.string("name"),
                  number,
                  p.text("protocol").orElse("TCP"),
                  p.text("targetPort").orElse(Integer.toString(number)),
                  p.number("nodePort").stream().boxed().findFirst());
            })
        .toList();
  }

  public Optional<Port> port(int number) {
    return ports().stream().filter(p -> p.number() == number).findFirst();
  }

  public Optional<Port> port(String name) {
    return ports().stream().filter(p -> p.name().equals(name) && !name.isEmpty()).findFirst();
  }

  /** Addresses and names that lead here from outside: load balancer, external IPs. */
  public List<String> outsideAddresses() {
    List<String> found = new java.util.ArrayList<>(raw.at("spec").texts("externalIPs"));
    for (Fields ingress : raw.at("status", "loadBalancer").list("ingress")) {
      ingress.text("ip").ifPresent(found::add);
      ingress.text("hostname").ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  public String fqdn() {
    return name() + "." + namespace() + ".svc.cluster.local";
  }
}

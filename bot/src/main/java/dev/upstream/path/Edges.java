package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where requests enter a cluster: Istio Gateways by host, and addresses that lead to an edge. */
public final class Edges {
  private Edges() {}

  /** The Istio Gateways with a server that takes the host and a VirtualService or not. */
  public static List<Resource> istioGateways(ClusterView cluster, String host) {
    return cluster.objects().all(Kind.ISTIO_GATEWAY).stream()
        .filter(g -> servesHost(g, host))
        .toList();
  }

  /** The pods that run a Gateway. */
  static List<Pod> proxies(ClusterView cluster, Resource gateway) {
    Map<String, String> selector = gateway.at("spec").textMap("selector");
    return cluster.objects().all(Kind.POD).stream()
        .map(Pod::new)
        .filter(p -> Selectors.matches(selector, p.labels()))
        .filter(p -> !p.ended())
        .toList();
  }

  /** The Services in front of them. */
  static List<Service> servicesOf(ClusterView cluster, Resource gateway) {
    Map<String, String> selector = gateway.at("spec").textMap("selector");
    return cluster.objects().services().stream()
        .filter(s -> !selector.isEmpty() && Selectors.holds(selector, s.selector()))
        .toList();
  }

  /** The namespace whose configuration a Gateway's proxies see. */
  static String proxyNamespace(ClusterView cluster, Resource gateway) {
    return proxies(cluster, gateway).stream()
        .map(Pod::namespace)
        .findFirst()
        .or(() -> servicesOf(cluster, gateway).stream().map(Service::namespace).findFirst())
        .orElse("istio-system");
  }

  /** Who routes at a Gateway; its port for the host where it has only one. */
  static RuleMatch.Router router(ClusterView cluster, Resource gateway, String host) {
    List<Integer> ports =
        gateway.at("spec").list("servers").stream()
            .filter(s -> servesHost(s.texts("hosts"), host))
            .flatMap(s -> s.number("port", "number").stream().boxed())
            .distinct()
            .toList();
    return new RuleMatch.Router(
        gateway.namespace() + "/" + gateway.name(),
        proxyNamespace(cluster, gateway),
        proxies(cluster, gateway).stream().map(Pod::labels).toList(),
        ports.size() == 1 ? Optional.of(ports.getFirst()) : Optional.empty());
  }

  static boolean servesHost(Resource gateway, String host) {
    return gateway.at("spec").list("servers").stream()
        .anyMatch(s -> servesHost(s.texts("hosts"), host));
  }

  private static boolean servesHost(List<String> hosts, String host) {
    return hosts.stream()
        .map(h -> h.substring(h.indexOf('/') + 1))
        .anyMatch(h -> HostNames.covers(h, host));
  }

  /** Whether an address or name leads to this cluster's edge (PRODUCT.md section 9). */
  public static boolean reaches(ClusterView cluster, String addressOrName) {
    String wanted = addressOrName.toLowerCase(Locale.ROOT);
    boolean byService =
        cluster.objects().services().stream()
            .anyMatch(s -> s.outsideAddresses().contains(wanted) || byNodePort(cluster, s, wanted));
    boolean byHost =
        cluster.objects().all(Kind.INGRESS).stream().anyMatch(i -> IngressRules.names(i, wanted))
            || cluster.objects().all(Kind.ROUTE).stream()
                .anyMatch(r -> r.at("spec").string("host").equals(wanted));
    return byService || byHost || cluster.reachedBy().stream().anyMatch(r -> holds(r, wanted));
  }

  /** Whether addresses of its nodes may lead to its edge. */
  static boolean hasNodePorts(ClusterView cluster) {
    return cluster.objects().services().stream().anyMatch(Edges::hasNodePort);
  }

  private static boolean hasNodePort(Service service) {
    return service.ports().stream().anyMatch(p -> p.nodePort().isPresent());
  }

  private static boolean byNodePort(ClusterView cluster, Service service, String address) {
    return hasNodePort(service)
        && cluster.objects().all(Kind.NODE).stream()
            .flatMap(n -> n.at("status").list("addresses").stream())
            .map((Fields a) -> a.string("address"))
            .anyMatch(address::equals);
  }

  private static boolean holds(String rule, String wanted) {
    int slash = rule.indexOf('/');
    if (slash < 0) {
      return HostNames.covers(rule, wanted);
    }
    Optional<byte[]> network = literal(rule.substring(0, slash));
    Optional<byte[]> address = literal(wanted);
    String bits = rule.substring(slash + 1);
    return network.isPresent()
        && address.isPresent()
        && bits.matches("\\d{1,3}")
        && network.get().length == address.get().length
        && samePrefix(network.get(), address.get(), Integer.parseInt(bits));
  }

  static boolean isLiteral(String address) {
    return literal(address).isPresent();
  }

  /** An IP address as it is written; names are never looked up. */
  private static Optional<byte[]> literal(String address) {
    try {
      return Optional.of(InetAddress.ofLiteral(address).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean samePrefix(byte[] a, byte[] b, int bits) {
    for (int i = 0; i < Math.min(bits, a.length * 8); i++) {
      int mask = 0x80 >> (i % 8);
      if ((a[i / 8] & mask) != (b[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}

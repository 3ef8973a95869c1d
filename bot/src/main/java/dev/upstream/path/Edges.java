package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Service;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** Where requests enter a cluster: Istio Gateways by host, and addresses that lead to an edge. */
public final class Edges {
  private Edges() {}

  /** The Istio Gateways with a server that takes the host and a VirtualService or not. */
  public static List<Resource> istioGateways(ClusterView cluster, String host) {
    return cluster.objects().all(Kind.ISTIO_GATEWAY).stream()
        .filter(g -> servesHost(g, host))
        .toList();
  }

  static boolean servesHost(Resource gateway, String host) {
    return gateway.at("spec").list("servers").stream()
        .flatMap(s -> s.texts("hosts").stream())
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

  private static boolean byNodePort(ClusterView cluster, Service service, String address) {
    return service.ports().stream().anyMatch(p -> p.nodePort().isPresent())
        && cluster.objects().all(Kind.NODE).stream()
            .flatMap(n -> n.at("status").list("addresses").stream())
            .map((Fields a) -> a.string("address"))
            .anyMatch(address::equals);
  }

  private static boolean holds(String rule, String wanted) {
    if (!rule.contains("/")) {
      return HostNames.covers(rule, wanted);
    }
    if (!wanted.matches("[0-9.]+|[0-9a-f:]+")) {
      return false;
    }
    try {
      byte[] network = InetAddress.getByName(rule.substring(0, rule.indexOf('/'))).getAddress();
      byte[] address = InetAddress.getByName(wanted).getAddress();
      int bits = Integer.parseInt(rule.substring(rule.indexOf('/') + 1));
      return network.length == address.length && samePrefix(network, address, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      return false;
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

package dev.upstream.snapshot;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one Envoy really holds, from its admin interface (/clusters?format=json and the dynamic
 * route configurations of /config_dump).
 *
 * @param routes empty when the routes were not read
 */
public record ProxyView(
    String namespace, String pod, List<ProxyCluster> clusters, Optional<List<ProxyRoute>> routes) {

  /** An Envoy cluster: a destination with its endpoints. */
  public record ProxyCluster(String name, List<ProxyHost> hosts) {
    public ProxyCluster {
      hosts =
          hosts.stream()
              .sorted(Comparator.comparing(ProxyHost::address).thenComparing(ProxyHost::port))
              .toList();
    }

    /** Hosts that Envoy would pick without panic mode, which Istio switches off. */
    public List<ProxyHost> usable() {
      return hosts.stream().filter(ProxyHost::usable).toList();
    }
  }

  /**
   * @param edsHealth HEALTHY, UNHEALTHY, DRAINING, DEGRADED, TIMEOUT or UNKNOWN; empty means
   *     healthy
   */
  public record ProxyHost(
      String address, int port, boolean ejected, boolean failedHealthCheck, String edsHealth) {
    public boolean usable() {
      return !ejected
          && !failedHealthCheck
          && switch (edsHealth) {
            case "", "HEALTHY", "UNKNOWN", "DEGRADED" -> true;
            default -> false;
          };
    }
  }

  /**
   * One route of a virtual host.
   *
   * @param match the path rule: {@code prefix /}, {@code exact /x} or {@code regex ..}
   * @param conditions names of the headers, and with a question mark of the parameters, that it
   *     looks at as well
   */
  public record ProxyRoute(
      String configuration,
      List<String> domains,
      String match,
      SortedSet<String> conditions,
      List<Weighted> clusters) {
    public ProxyRoute {
      domains = List.copyOf(domains);
      conditions = Collections.unmodifiableSortedSet(new TreeSet<>(conditions));
      clusters = List.copyOf(clusters);
    }
  }

  /** A destination's weight in a route; 1 where there is only one. */
  public record Weighted(String cluster, int weight) {}

  public ProxyView {
    clusters = clusters.stream().sorted(Comparator.comparing(ProxyCluster::name)).toList();
    routes = routes.map(List::copyOf);
  }

  public Optional<ProxyCluster> cluster(String name) {
    return clusters.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  public String id() {
    return namespace + "/" + pod;
  }
}

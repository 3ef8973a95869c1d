package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import dev.upstream.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Everything of a cluster that can be asked about: hosts of routing objects, and Services. */
public final class Routes {
  private Routes() {}

  /**
   * Hosts first, then Ingresses with rules for any host, then Services. A host that only names a
   * Service is left to the Service; a bare {@code *} is no host that could be asked for.
   *
   * @param namespace only what objects of this namespace name
   */
  public static List<Target> of(ClusterView cluster, Optional<String> namespace) {
    TreeSet<String> hosts = new TreeSet<>();
    for (Resource object : cluster.objects().all()) {
      if (namespace.map(n -> n.equals(object.namespace())).orElse(true)) {
        named(object)
            .filter(h -> !h.isEmpty() && !h.equals("*"))
            .filter(h -> HostNames.service(cluster, h).isEmpty())
            .forEach(hosts::add);
      }
    }
    List<Target> all = new ArrayList<>();
    hosts.forEach(h -> all.add(new Target.Host(h, Optional.empty())));
    cluster.objects().all(Kind.INGRESS).stream()
        .filter(i -> namespace.map(n -> n.equals(i.namespace())).orElse(true))
        .filter(i -> IngressRules.hosts(i).isEmpty() || IngressRules.hosts(i).contains(""))
        .forEach(i -> all.add(new Target.IngressName(i.name(), Optional.of(i.namespace()))));
    cluster.objects().services().stream()
        .filter(s -> namespace.map(n -> n.equals(s.namespace())).orElse(true))
        .forEach(
            s ->
                all.add(
                    new Target.ServiceName(
                        s.name(), Optional.of(s.namespace()), Optional.empty())));
    return all;
  }

  private static Stream<String> named(Resource object) {
    return switch (object.kind()) {
      case ISTIO_GATEWAY ->
          object.at("spec").list("servers").stream()
              .flatMap(s -> s.texts("hosts").stream())
              .map(h -> h.substring(h.indexOf('/') + 1));
      case VIRTUAL_SERVICE -> VirtualServices.hosts(object).stream();
      case INGRESS -> IngressRules.hosts(object).stream();
      case HTTP_ROUTE -> object.at("spec").texts("hostnames").stream();
      default -> Stream.of();
    };
  }
}

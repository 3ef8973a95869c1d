package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.ProxyView.ProxyRoute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The traffic shares that the proxies of a hop really hold, averaged over them (RULES.md R8). */
final class ProxyWeights {
  private ProxyWeights() {}

  /**
   * Shares in the order of the names; as declared where no proxy has a route for the host and rule
   * that leads to them alone.
   *
   * @param unread proxies that were not read and are in sync, so that they hold what is declared
   */
  static double[] held(
      ClusterView view,
      Caller caller,
      VirtualServices.Rule rule,
      String host,
      List<String> names,
      double[] declared,
      int unread) {
    List<double[]> all = new ArrayList<>();
    for (ProxyView proxy : PathBuilder.proxies(view, caller)) {
      proxy.routes().flatMap(routes -> of(forHost(routes, host), rule, names)).ifPresent(all::add);
    }
    if (all.isEmpty()) {
      return declared;
    }
    for (int i = 0; i < unread; i++) {
      all.add(declared);
    }
    double[] mean = new double[names.size()];
    for (double[] one : all) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / all.size();
      }
    }
    return mean;
  }

  /** The routes of the most specific virtual hosts for the host, as Envoy picks them. */
  private static List<ProxyRoute> forHost(List<ProxyRoute> routes, String host) {
    int best = routes.stream().mapToInt(r -> specificity(r, host)).max().orElse(-1);
    return best < 0
        ? List.of()
        : routes.stream().filter(r -> specificity(r, host) == best).toList();
  }

  private static int specificity(ProxyRoute route, String host) {
    return route.domains().stream()
        .map(d -> d.replaceAll(":(\\d+|\\*)$", ""))
        .filter(d -> HostNames.covers(d, host))
        .mapToInt(HostNames::specificity)
        .max()
        .orElse(-1);
  }

  private static Optional<double[]> of(
      List<ProxyRoute> routes, VirtualServices.Rule rule, List<String> names) {
    Set<String> wanted = new HashSet<>(names);
    for (ProxyRoute route : routes) {
      Set<String> held = new HashSet<>();
      route.clusters().forEach(c -> held.add(c.cluster()));
      int sum = route.clusters().stream().mapToInt(ProxyView.Weighted::weight).sum();
      if (!held.isEmpty() && wanted.containsAll(held) && sum > 0 && isOf(route, rule)) {
        double[] shares = new double[names.size()];
        for (ProxyView.Weighted w : route.clusters()) {
          shares[names.indexOf(w.cluster())] += (double) w.weight() / sum;
        }
        return Optional.of(shares);
      }
    }
    return Optional.empty();
  }

  /** Istio makes one route of each match, or one for everything. */
  private static boolean isOf(ProxyRoute route, VirtualServices.Rule rule) {
    List<Fields> matches = rule.http().list("match");
    return matches.isEmpty()
        ? route.match().equals("prefix /") && route.conditions().isEmpty()
        : matches.stream()
            .anyMatch(
                m ->
                    route.match().equals(written(m.at("uri")))
                        && route.conditions().equals(conditions(m)));
  }

  private static String written(Fields uri) {
    return uri.text("exact")
        .map(e -> "exact " + e)
        .or(() -> uri.text("prefix").map(p -> "prefix " + p))
        .or(() -> uri.text("regex").map(r -> "regex " + r))
        .orElse("prefix /");
  }

  /** The names of what Envoy looks at beside the path. */
  private static Set<String> conditions(Fields match) {
    Set<String> names = new HashSet<>();
    match.map("headers").keySet().forEach(h -> names.add(h.toLowerCase(java.util.Locale.ROOT)));
    match
        .map("withoutHeaders")
        .keySet()
        .forEach(h -> names.add(h.toLowerCase(java.util.Locale.ROOT)));
    match.map("queryParams").keySet().forEach(q -> names.add("?" + q));
    for (String pseudo : List.of("method", "authority", "scheme")) {
      if (match.at(pseudo).present()) {
        names.add(":" + pseudo);
      }
    }
    return names;
  }
}

package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ProxyView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The traffic shares that the proxies of a hop really hold, averaged over them (RULES.md R8). */
final class ProxyWeights {
  private ProxyWeights() {}

  /** Shares in the order of the names; empty when no proxy's routes show exactly these clusters. */
  static Optional<double[]> held(ClusterView view, Caller caller, List<String> names) {
    List<double[]> all = new ArrayList<>();
    for (ProxyView proxy : PathBuilder.proxies(view, caller)) {
      proxy.routes().flatMap(routes -> of(routes, names)).ifPresent(all::add);
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    double[] mean = new double[names.size()];
    for (double[] one : all) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / all.size();
      }
    }
    return Optional.of(mean);
  }

  private static Optional<double[]> of(List<ProxyView.ProxyRoute> routes, List<String> names) {
    Set<String> wanted = new HashSet<>(names);
    for (ProxyView.ProxyRoute route : routes) {
      Set<String> held = new HashSet<>();
      route.clusters().forEach(c -> held.add(c.cluster()));
      int sum = route.clusters().stream().mapToInt(ProxyView.Weighted::weight).sum();
      if (!held.isEmpty() && wanted.containsAll(held) && sum > 0) {
        double[] shares = new double[names.size()];
        for (ProxyView.Weighted w : route.clusters()) {
          shares[names.indexOf(w.cluster())] += (double) w.weight() / sum;
        }
        return Optional.of(shares);
      }
    }
    return Optional.empty();
  }
}

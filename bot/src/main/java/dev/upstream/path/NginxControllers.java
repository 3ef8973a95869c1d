package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Selectors;
import java.util.List;
import java.util.Map;

/** The pods of ingress-nginx, and what their arguments say (its cmd line: pkg/flags). */
final class NginxControllers {
  static final Map<String, String> LABELS = Map.of("app.kubernetes.io/name", "ingress-nginx");

  private NginxControllers() {}

  /** Those that live; the Jobs that make the webhook's certificate carry the label as well. */
  static List<Pod> all(ClusterView cluster) {
    return cluster.objects().all(Kind.POD).stream()
        .map(Pod::new)
        .filter(p -> Selectors.matches(LABELS, p.labels()) && !p.ended() && !p.terminating())
        .filter(
            p ->
                p.labels()
                    .getOrDefault("app.kubernetes.io/component", "controller")
                    .equals("controller"))
        .toList();
  }

  /** The spec.controller of the IngressClasses that a pod serves. */
  static String controllerClass(Pod pod) {
    return argument(pod, "--controller-class", IngressOwner.NGINX);
  }

  /** The value of the old annotation that a pod serves. */
  static String annotation(Pod pod) {
    return argument(pod, "--ingress-class", "nginx");
  }

  static boolean watchesWithoutClass(Pod pod) {
    return argument(pod, "--watch-ingress-without-class", "false").equals("true");
  }

  private static String argument(Pod pod, String name, String otherwise) {
    return pod.containers().stream()
        .flatMap(c -> c.spec().texts("args").stream())
        .filter(a -> a.equals(name) || a.startsWith(name + "="))
        .map(a -> a.equals(name) ? "true" : a.substring(name.length() + 1))
        .findFirst()
        .orElse(otherwise);
  }
}

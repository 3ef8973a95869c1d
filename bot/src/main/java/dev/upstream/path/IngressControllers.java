package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Selectors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the controller that serves an Ingress by its class, and the controller's pods. */
final class IngressControllers {
  static final String NGINX = "k8s.io/ingress-nginx";
  private static final Map<String, String> NGINX_LABELS =
      Map.of("app.kubernetes.io/name", "ingress-nginx");

  private final ClusterView cluster;
  private final Scope.Part scope;

  IngressControllers(ClusterView cluster, Scope.Part scope) {
    this.cluster = cluster;
    this.scope = scope;
  }

  Caller of(Resource ingress, PathBuilder path) {
    Optional<String> name = IngressRules.className(ingress);
    Optional<Resource> known =
        name.flatMap(n -> cluster.objects().find(Kind.INGRESS_CLASS, "", n))
            .or(() -> name.isPresent() ? Optional.empty() : defaultClass());
    if (known.isEmpty()) {
      name.ifPresent(
          n ->
              path.refuse(
                  cluster.name(),
                  RequestPath.Reason.CLASS_MISSING,
                  new Leg.Place(ingress.ref(), "spec.ingressClassName"),
                  n));
      if (name.isEmpty()) {
        path.unsupported(
            cluster.name(), ingress.ref(), "It names no class, and no class is the default.");
      }
      return new Caller.IngressController(cluster.name(), ingress.ref(), "", List.of());
    }
    String controller = known.get().at("spec").string("controller");
    if (!controller.equals(NGINX)) {
      path.unsupported(
          cluster.name(),
          known.get().ref(),
          "Its controller " + controller + " is not modelled; its pods and log were not read.");
      return new Caller.IngressController(cluster.name(), known.get().ref(), controller, List.of());
    }
    scope.pods().add(Scope.PodQuery.of("", NGINX_LABELS));
    List<ObjectRef> pods =
        cluster.objects().all(Kind.POD).stream()
            .map(Pod::new)
            .filter(p -> Selectors.matches(NGINX_LABELS, p.labels()) && !p.ended())
            .filter(p -> !p.terminating())
            .map(Pod::ref)
            .toList();
    pods.stream()
        .limit(3)
        .forEach(p -> scope.logs().add(new Scope.LogQuery(p.namespace(), p.name(), "controller")));
    pods.forEach(p -> scope.namespaces().add(p.namespace()));
    return new Caller.IngressController(cluster.name(), known.get().ref(), controller, pods);
  }

  private Optional<Resource> defaultClass() {
    return cluster.objects().all(Kind.INGRESS_CLASS).stream()
        .filter(
            c ->
                c.annotations()
                    .getOrDefault("ingressclass.kubernetes.io/is-default-class", "")
                    .equals("true"))
        .findFirst();
  }
}

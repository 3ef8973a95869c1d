package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which controller an Ingress is meant for (kubernetes/ingress-nginx store.go, GetIngressClass):
 * the class it names, then the old annotation.
 */
sealed interface IngressOwner {
  String NGINX = "k8s.io/ingress-nginx";

  Set<String> OTHERS =
      Set.of(
          "nginx.org/",
          "traefik.io/",
          "haproxy.org/",
          "haproxy-ingress.github.io/",
          "ingress.k8s.aws/",
          "eks.amazonaws.com/",
          "ingress.gce.io/",
          "projectcontour.io/",
          "cilium.io/",
          "istio.io/",
          "ingress-controllers.konghq.com/",
          "azure/",
          "openshift.io/",
          "apisix.apache.org/",
          "tailscale.com/",
          "k8s.ngrok.com/");

  /** GKE's own controllers need no IngressClass object. */
  Map<String, String> WITHOUT_OBJECT =
      Map.of("gce", "ingress.gce.io/controller", "gce-internal", "ingress.gce.io/controller");

  /**
   * @param name as IngressClass.spec.controller has it
   */
  record Controller(String name) implements IngressOwner {}

  /** The named class is not among the IngressClasses that were read. */
  record MissingClass(String name) implements IngressOwner {}

  /** Nothing names a controller, or only an annotation that no known controller takes. */
  record Nobody(String why) implements IngressOwner {}

  static IngressOwner of(ClusterView cluster, Resource ingress) {
    Optional<String> named = ingress.at("spec").text("ingressClassName");
    if (named.isPresent()) {
      return ofClass(cluster, named.get());
    }
    Optional<String> annotated =
        Optional.ofNullable(ingress.annotations().get("kubernetes.io/ingress.class"))
            .filter(a -> !a.isEmpty());
    return annotated
        .map(a -> annotated(cluster, a))
        .orElseGet(() -> unnamed(cluster, ingress.lived()));
  }

  private static IngressOwner ofClass(ClusterView cluster, String name) {
    return cluster
        .objects()
        .find(Kind.INGRESS_CLASS, "", name)
        .<IngressOwner>map(c -> new Controller(c.at("spec").string("controller")))
        .orElseGet(
            () ->
                WITHOUT_OBJECT.containsKey(name)
                    ? new Controller(WITHOUT_OBJECT.getOrDefault(name, ""))
                    : new MissingClass(name));
  }

  private static IngressOwner annotated(ClusterView cluster, String value) {
    Optional<String> byPods =
        NginxControllers.all(cluster).stream()
            .filter(p -> NginxControllers.annotation(p).equals(value))
            .map(NginxControllers::controllerClass)
            .findFirst();
    if (byPods.isPresent()) {
      return new Controller(byPods.get());
    }
    IngressOwner byClass = ofClass(cluster, value);
    if (byClass instanceof Controller) {
      return byClass;
    }
    return value.equals("nginx")
        ? new Controller(NGINX)
        : new Nobody("Its annotation names the class " + value + ", and nothing known serves it.");
  }

  /** The default class is written into an Ingress when it is created, never later. */
  private static IngressOwner unnamed(ClusterView cluster, boolean lived) {
    Optional<IngressOwner> watching =
        NginxControllers.all(cluster).stream()
            .filter(NginxControllers::watchesWithoutClass)
            .map(p -> (IngressOwner) new Controller(NginxControllers.controllerClass(p)))
            .findFirst();
    if (watching.isPresent() || lived) {
      return watching.orElse(new Nobody("It names no class."));
    }
    return cluster.objects().all(Kind.INGRESS_CLASS).stream()
        .filter(IngressOwner::isDefault)
        .findFirst()
        .<IngressOwner>map(c -> new Controller(c.at("spec").string("controller")))
        .orElse(new Nobody("It names no class, and no class is the default."));
  }

  private static boolean isDefault(Resource ingressClass) {
    return ingressClass
        .annotations()
        .getOrDefault("ingressclass.kubernetes.io/is-default-class", "")
        .equals("true");
  }

  /** Whether a name is one of the other controllers', by its usual beginning. */
  static boolean other(String controller) {
    return OTHERS.stream().anyMatch(controller::startsWith);
  }
}

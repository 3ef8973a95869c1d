package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the pods of the controller that serves an Ingress, and asks for their log. */
final class IngressControllers {
  private static final int LOGS_READ = 3;

  private final ClusterView cluster;
  private final Scope.Part scope;

  IngressControllers(ClusterView cluster, Scope.Part scope) {
    this.cluster = cluster;
    this.scope = scope;
  }

  Caller.IngressController of(Resource ingress, PathBuilder path) {
    return switch (IngressOwner.of(cluster, ingress)) {
      case IngressOwner.Controller c -> controller(c.name(), ingress, path);
      case IngressOwner.MissingClass m -> {
        path.refuse(
            cluster.name(),
            RequestPath.Reason.CLASS_MISSING,
            new Leg.Place(ingress.ref(), "spec.ingressClassName"),
            m.name(),
            1);
        classesUnread(path);
        yield unknown(ingress.ref(), "");
      }
      case IngressOwner.Nobody n -> {
        path.unsupported(cluster.name(), ingress.ref(), n.why());
        yield unknown(ingress.ref(), "");
      }
    };
  }

  private Caller.IngressController controller(String name, Resource ingress, PathBuilder path) {
    ObjectRef subject =
        ingress
            .at("spec")
            .text("ingressClassName")
            .flatMap(n -> cluster.objects().find(Kind.INGRESS_CLASS, "", n))
            .map(Resource::ref)
            .orElse(ingress.ref());
    if (IngressOwner.other(name)) {
      path.unsupported(
          cluster.name(),
          subject,
          "Its controller " + name + " is not modelled; its pods and log were not read.");
      return unknown(subject, name);
    }
    scope.pods().add(Scope.PodQuery.of("", NginxControllers.LABELS));
    cluster.objects().services().stream()
        .filter(s -> Selectors.holds(NginxControllers.LABELS, s.selector()))
        .map(Service::namespace)
        .forEach(scope.namespaces()::add);
    List<ObjectRef> pods =
        NginxControllers.all(cluster).stream()
            .filter(p -> NginxControllers.controllerClass(p).equals(name))
            .map(Pod::ref)
            .toList();
    pods.stream()
        .limit(LOGS_READ)
        .forEach(p -> scope.logs().add(new Scope.LogQuery(p.namespace(), p.name(), "controller")));
    pods.forEach(p -> scope.namespaces().add(p.namespace()));
    if (pods.isEmpty() && !name.equals(IngressOwner.NGINX)) {
      path.unsupported(
          cluster.name(), subject, "No pod of its controller " + name + " is known here.");
      return unknown(subject, name);
    }
    return new Caller.IngressController(
        cluster.name(), subject, name, NginxControllers.LABELS, pods);
  }

  private Caller.IngressController unknown(ObjectRef subject, String name) {
    return new Caller.IngressController(cluster.name(), subject, name, Map.of(), List.of());
  }

  /** A class that is missing from a list that was not read may exist. */
  private void classesUnread(PathBuilder path) {
    Optional<Gap> known =
        cluster.gaps().stream()
            .filter(g -> g.scope().startsWith(Kind.INGRESS_CLASS.plural()))
            .findFirst();
    if (known.isEmpty() && !cluster.complete(Kind.INGRESS_CLASS, "")) {
      path.gap(
          new Gap(
              cluster.name(),
              Source.OBJECTS,
              Kind.INGRESS_CLASS.plural(),
              Gap.Cause.NOT_COLLECTED,
              "Nothing was read there.",
              "Capture it too, or ask the live cluster."));
    }
  }
}

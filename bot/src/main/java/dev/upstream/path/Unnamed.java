package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Source;
import dev.upstream.target.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is said of a target that nothing seen has the name of: that there is none only where
 * everything was read that could name it (RULES.md R7).
 */
final class Unnamed {
  private static final List<Kind> HOSTS =
      List.of(
          Kind.SERVICE,
          Kind.INGRESS,
          Kind.ISTIO_GATEWAY,
          Kind.VIRTUAL_SERVICE,
          Kind.SERVICE_ENTRY,
          Kind.HTTP_ROUTE);

  private final ClusterView cluster;
  private final Scope scope;

  Unnamed(ClusterView cluster, Scope scope) {
    this.cluster = cluster;
    this.scope = scope;
  }

  /**
   * @param namespace where alone the target can be, if that is known
   */
  Resolution answer(Target target, Optional<String> namespace) {
    List<Gap> unseen =
        switch (target) {
          case Target.Url t -> unread(HOSTS, "", Map.of());
          case Target.Host t -> unread(HOSTS, "", Map.of());
          case Target.LogLine t -> unread(HOSTS, "", Map.of());
          case Target.Everything t -> unread(HOSTS, namespace.orElse(""), Map.of());
          case Target.ServiceName t ->
              unread(List.of(Kind.SERVICE), namespace.orElse(""), Map.of());
          case Target.PodName t -> unread(List.of(Kind.POD), namespace.orElse(""), named(t.name()));
          case Target.IngressName t ->
              unread(List.of(Kind.INGRESS), namespace.orElse(""), Map.of());
        };
    return unseen.isEmpty()
        ? new Resolution.NotFound(NearNames.of(cluster, wanted(target, namespace)))
        : new Resolution.Unseen(unseen, scope);
  }

  /** What asks for one object by its name, where labels are asked for (see Coverage). */
  static Map<String, String> named(String name) {
    return Map.of("metadata.name", name);
  }

  private static String wanted(Target target, Optional<String> namespace) {
    return switch (target) {
      case Target.Url t -> t.host();
      case Target.Host t -> t.host();
      case Target.LogLine t -> t.host();
      case Target.ServiceName t -> t.name() + namespace.map(n -> "." + n).orElse("");
      case Target.PodName t -> t.shown();
      case Target.IngressName t -> t.shown();
      case Target.Everything t -> t.shown();
    };
  }

  /** Why objects that could have the name were not all read; empty when they were. */
  List<Gap> unread(List<Kind> kinds, String namespace, Map<String, String> labels) {
    Set<Gap> unseen = new TreeSet<>();
    cluster.gaps().stream()
        .filter(g -> g.source() == Source.OBJECTS && g.cause() != Gap.Cause.UNSUPPORTED)
        .filter(g -> !namesAKind(g))
        .forEach(unseen::add);
    for (Kind kind : kinds) {
      if (!cluster.complete(kind, namespace, labels)) {
        List<Gap> said = said(kind, namespace);
        unseen.addAll(said.isEmpty() ? List.of(notCollected(kind, namespace)) : said);
      }
    }
    return new ArrayList<>(unseen);
  }

  private List<Gap> said(Kind kind, String namespace) {
    return cluster.gaps().stream()
        .filter(g -> g.source() == Source.OBJECTS)
        .filter(g -> first(g).equals("*") || first(g).equals(kind.plural()))
        .filter(
            g ->
                namespace.isEmpty()
                    || !g.scope().contains(" in ")
                    || (g.scope() + " ").contains(" in " + namespace + " "))
        .toList();
  }

  /** Of a document that could not be read nobody knows what it is. */
  private static boolean namesAKind(Gap gap) {
    return first(gap).equals("*")
        || Arrays.stream(Kind.values()).anyMatch(k -> k.plural().equals(first(gap)));
  }

  private static String first(Gap gap) {
    String scope = gap.scope();
    int end = scope.indexOf(' ');
    return end < 0 ? scope : scope.substring(0, end);
  }

  private Gap notCollected(Kind kind, String namespace) {
    return new Gap(
        cluster.name(),
        Source.OBJECTS,
        kind.plural() + (namespace.isEmpty() ? "" : " in " + namespace),
        Gap.Cause.NOT_COLLECTED,
        "They were not read, and what was asked for may be one of them.",
        "Capture them too, or ask the live cluster.");
  }
}

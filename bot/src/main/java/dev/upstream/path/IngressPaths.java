package dev.upstream.path;

import dev.upstream.path.IngressRules.PathType;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import java.util.List;

/**
 * The paths that a host has at the controller of one of its Ingresses.
 *
 * @param words such as {@code Prefix /api}
 * @param specificToUnknown whether one is ImplementationSpecific for a controller not modelled
 */
public record IngressPaths(List<String> words, boolean specificToUnknown) {
  public IngressPaths {
    words = List.copyOf(words);
  }

  public static IngressPaths of(ClusterView cluster, ObjectRef ingress, String host) {
    return cluster
        .objects()
        .find(Kind.INGRESS, ingress.namespace(), ingress.name())
        .map(
            i -> {
              List<IngressRules.Entry> entries = EdgeEntry.table(cluster, i, host).entries();
              boolean unknown =
                  !(IngressOwner.of(cluster, i) instanceof IngressOwner.Controller c)
                      || IngressOwner.other(c.name());
              return new IngressPaths(
                  entries.stream().map(IngressRules.Entry::words).toList(),
                  unknown
                      && entries.stream()
                          .anyMatch(e -> e.type() == PathType.IMPLEMENTATION_SPECIFIC));
            })
        .orElse(new IngressPaths(List.of(), false));
  }
}

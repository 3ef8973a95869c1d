package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.util.List;
import java.util.Optional;

/** Follows a request that leaves a cluster into the cluster whose edge it reaches. */
final class Onward {
  private final Snapshot snapshot;
  private final PathBuilder path;

  Onward(Snapshot snapshot, PathBuilder path) {
    this.snapshot = snapshot;
    this.path = path;
  }

  void follow(PathBuilder.At at, Leg leg, Backend.External external, Optional<Request> request) {
    List<String> addresses =
        external.entries().stream().flatMap(e -> ServiceEntries.leadsTo(e).stream()).toList();
    List<ClusterView> others =
        snapshot.clusters().values().stream().filter(c -> !c.name().equals(leg.cluster())).toList();
    boolean anyLiteral = addresses.stream().anyMatch(Edges::isLiteral);
    others.stream()
        .filter(c -> anyLiteral && Edges.hasNodePorts(c))
        .forEach(c -> path.scope(c.name()).whole().add(Kind.NODE));
    Optional<ClusterView> reached =
        others.stream()
            .filter(c -> addresses.stream().anyMatch(a -> Edges.reaches(c, a)))
            .findFirst();
    if (reached.isPresent()) {
      enter(at, leg, reached.get(), external, request);
      return;
    }
    List<Gap> unseen =
        others.stream()
            .flatMap(c -> c.gaps().stream())
            .filter(g -> g.source() == Source.OBJECTS)
            .toList();
    unseen.forEach(path::gap);
    Resource entry = external.entries().getFirst();
    boolean inside = entry.at("spec").string("location").equals("MESH_INTERNAL");
    if (unseen.isEmpty() && inside) {
      path.gap(
          new Gap(
              leg.cluster(),
              Source.OBJECTS,
              entry.ref().words(),
              Gap.Cause.NOT_COLLECTED,
              String.join(", ", addresses) + " is the edge of no cluster that is configured.",
              "Name the cluster behind it in upstream.yml and list the address under reachedBy."));
    }
  }

  private void enter(
      PathBuilder.At from,
      Leg leg,
      ClusterView cluster,
      Backend.External external,
      Optional<Request> request) {
    PathBuilder.At at =
        new PathBuilder.At(
            cluster.name(), leg.share(), from.hops(), Optional.of(leg.id()), from.depth() + 1);
    cluster.gaps().stream().filter(g -> g.source() == Source.OBJECTS).forEach(path::gap);
    if (request.isEmpty()) {
      leg.route()
          .ifPresent(
              r ->
                  path.unsupported(
                      leg.cluster(),
                      r.ref(),
                      "It rewrites the path by an expression, so where it leads in cluster "
                          + cluster.name()
                          + " is not known."));
      return;
    }
    int port = ServiceEntries.entryPort(external.entries().getFirst(), leg.port());
    new EdgeEntry(cluster, path).enter(at, request.get().port(port));
  }
}

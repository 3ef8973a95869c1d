package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ways from a client inside the mesh: one for each rule that is a route of its own (R6). */
final class MeshPaths {
  private final Snapshot snapshot;
  private final ClusterView cluster;
  private final Ask ask;
  private final Scope scope;
  private final Optional<String> destination;

  /**
   * @param destination the Envoy cluster that a pasted line names
   */
  MeshPaths(
      Snapshot snapshot, ClusterView cluster, Ask ask, Scope scope, Optional<String> destination) {
    this.snapshot = snapshot;
    this.cluster = cluster;
    this.ask = ask;
    this.scope = scope;
    this.destination = destination;
  }

  List<RequestPath> of(String namespace, Request request) {
    Caller caller =
        new MeshClient(cluster, ask, scope)
            .caller(new PathBuilder(snapshot, scope), namespace, request.host());
    if (!(caller instanceof Caller.Mesh)) {
      return List.of(path(namespace, request, Optional.empty(), List.of(), ""));
    }
    List<Map<String, String>> labels =
        caller.pods().stream()
            .flatMap(p -> cluster.objects().pod(p.namespace(), p.name()).stream())
            .map(Pod::labels)
            .toList();
    RouteTable table =
        RouteTable.of(
            cluster,
            new RuleMatch.Router("mesh", namespace, labels, Optional.empty()),
            request.host());
    RouteTable.Chosen chosen = table.choose(request, destination);
    if (chosen.rules().isEmpty()) {
      return List.of(
          path(
              namespace,
              request,
              table.isEmpty() ? Optional.empty() : Optional.of(List.of()),
              chosen.doubtful(),
              ""));
    }
    boolean several = chosen.rules().size() > 1;
    return chosen.rules().stream()
        .map(
            r ->
                path(
                    namespace,
                    request,
                    Optional.of(List.of(new RouteTable.Taken(table, r))),
                    chosen.doubtful(),
                    several ? r.words() : ""))
        .toList();
  }

  /**
   * @param taken empty where no rule decides; empty inside where none takes the request
   */
  private RequestPath path(
      String namespace,
      Request request,
      Optional<List<RouteTable.Taken>> taken,
      List<VirtualServices.Rule> doubtful,
      String route) {
    PathBuilder path = new PathBuilder(snapshot, scope);
    String host = request.host();
    Caller caller = new MeshClient(cluster, ask, scope).caller(path, namespace, host);
    MeshSteps steps = new MeshSteps(path, cluster);
    PathBuilder.At at = steps.fromClient(PathBuilder.At.start(cluster.name()), caller, host);
    doubtful.forEach(d -> path.doubtful(cluster.name(), d));
    if (caller instanceof Caller.Mesh) {
      new Unmodelled(path, cluster)
          .connections(VirtualServices.forHost(cluster, "mesh", namespace, host), request);
    }
    if (taken.isEmpty()) {
      steps.toHost(
          at,
          new Leg.Sent(caller, request, Optional.empty(), Optional.empty()),
          namespace,
          new MeshSteps.Destination(
              host,
              host,
              request.port().orElseGet(() -> steps.port(namespace, host, request)),
              Optional.empty(),
              1),
          Optional.of(request));
    } else if (taken.get().isEmpty()) {
      path.nothingTakes(cluster.name(), host);
    } else {
      steps.throughRule(at, caller, taken.get().getFirst(), namespace, request);
    }
    return path.path(cluster.name(), request, ask.client().orElse(namespace), route);
  }
}

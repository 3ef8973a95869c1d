package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Source;
import java.util.List;
import java.util.Optional;

/** Who calls inside a cluster: the client that was named, else the pods of a namespace. */
final class MeshClient {
  private final ClusterView cluster;
  private final Ask ask;
  private final Scope scope;

  MeshClient(ClusterView cluster, Ask ask, Scope scope) {
    this.cluster = cluster;
    this.ask = ask;
    this.scope = scope;
  }

  Caller caller(PathBuilder path, String namespace, String host) {
    scope.part(cluster.name()).pods().add(Scope.PodQuery.of(namespace, java.util.Map.of()));
    scope.part(cluster.name()).namespaces().add(namespace);
    Optional<String> workload =
        ask.client().filter(c -> c.contains("/")).map(c -> c.substring(c.indexOf('/') + 1));
    List<Pod> own =
        cluster.objects().pods(namespace).stream()
            .filter(p -> !p.ended())
            .filter(p -> workload.map(w -> isOf(p, w)).orElse(true))
            .toList();
    List<Pod> proxied = own.stream().filter(Pod::hasProxy).toList();
    boolean routed =
        VirtualServices.inMesh(cluster, host)
            || !ServiceEntries.of(cluster, namespace, host).isEmpty()
            || cluster.objects().all(Kind.DESTINATION_RULE).stream()
                .anyMatch(
                    d -> HostNames.full(d.at("spec").string("host"), d.namespace()).equals(host));
    if (own.isEmpty()) {
      workload.ifPresent(w -> noSuchClient(path, namespace, w));
      if (workload.isEmpty() && ask.client().isPresent()) {
        notSeen(path, namespace);
      }
    }
    if (proxied.isEmpty() && !(routed && own.isEmpty())) {
      return new Caller.Plain(cluster.name());
    }
    ObjectRef subject =
        workload
            .map(w -> client(namespace, w, own))
            .orElse(ObjectRef.of(Kind.NAMESPACE, "", namespace));
    return new MeshSteps(path, cluster).caller(subject, proxied, false);
  }

  private boolean isOf(Pod pod, String workload) {
    return pod.name().equals(workload)
        || cluster.objects().ownerOf(pod).map(o -> o.ref().name().equals(workload)).orElse(false);
  }

  private ObjectRef client(String namespace, String workload, List<Pod> own) {
    return own.stream()
        .filter(p -> !p.name().equals(workload))
        .flatMap(p -> cluster.objects().ownerOf(p).stream())
        .map(o -> o.ref())
        .findFirst()
        .orElse(
            own.stream()
                .map(Pod::ref)
                .findFirst()
                .orElse(ObjectRef.of(Kind.DEPLOYMENT, namespace, workload)));
  }

  private void notSeen(PathBuilder path, String namespace) {
    if (!NearNames.namespaceSeen(cluster, namespace) && !cluster.manifestsOnly()) {
      path.gap(
          new Gap(
              cluster.name(),
              Source.OBJECTS,
              "client " + namespace,
              Gap.Cause.NOT_COLLECTED,
              "Nothing of a namespace " + namespace + " was seen, so it may not exist.",
              "Name a namespace that there is, or namespace/workload."));
    }
  }

  /** Nobody can tell what the proxy of a client holds that does not run. */
  private void noSuchClient(PathBuilder path, String namespace, String workload) {
    if (cluster.complete(Kind.POD, namespace) && !cluster.manifestsOnly()) {
      path.gap(
          new Gap(
              cluster.name(),
              Source.OBJECTS,
              "client " + namespace + "/" + workload,
              Gap.Cause.NOT_COLLECTED,
              "No pod of it runs, so what its requests meet is not known.",
              "Name a client that runs, as namespace or namespace/workload."));
    }
  }
}

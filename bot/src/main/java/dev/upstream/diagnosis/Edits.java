package dev.upstream.diagnosis;

import dev.upstream.path.Backend;
import dev.upstream.path.Leg;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was edited on a path: managedFields of the objects on it and of the workloads behind it. */
final class Edits {
  private Edits() {}

  /** Newest first. */
  static List<Edit> of(Snapshot snapshot, RequestPath path) {
    Set<Edit> edits = new LinkedHashSet<>();
    path.hops().forEach(h -> snapshot.cluster(h.cluster()).ifPresent(c -> add(edits, c, h.ref())));
    for (Leg leg : path.legs()) {
      snapshot
          .cluster(leg.cluster())
          .ifPresent(
              c -> {
                leg.rule().ifPresent(r -> add(edits, c, r.ref()));
                if (leg.backend() instanceof Backend.KubernetesService s) {
                  workloads(c.objects(), s.service()).forEach(w -> add(edits, c, w.ref()));
                }
              });
    }
    return edits.stream()
        .sorted(
            Comparator.comparing(Edit::at)
                .reversed()
                .thenComparing(Edit::subject)
                .thenComparing(Edit::fieldPath))
        .toList();
  }

  private static List<Workload> workloads(Objects objects, Service service) {
    return objects.workloads(service.namespace()).stream()
        .filter(w -> w.makes(service.selector()))
        .toList();
  }

  private static void add(Set<Edit> edits, ClusterView cluster, ObjectRef ref) {
    Kind.of(ref.apiVersion(), ref.kind())
        .flatMap(k -> cluster.objects().find(k, ref.namespace(), ref.name()))
        .ifPresent(r -> edits.addAll(of(cluster.name(), r)));
  }

  private static List<Edit> of(String cluster, Resource resource) {
    List<Edit> edits = new ArrayList<>();
    for (Fields entry : resource.at("metadata").list("managedFields")) {
      String manager = entry.string("manager");
      if (entry.string("subresource").equals("status") || isController(manager)) {
        continue;
      }
      entry
          .time("time")
          .ifPresent(
              at ->
                  edits.add(
                      new Edit(
                          cluster,
                          resource.ref(),
                          fieldPath("spec", entry.at("fieldsV1", "f:spec")),
                          manager,
                          at)));
    }
    return edits;
  }

  /** The scheduler and controllers write to a spec as well, and that is no edit. */
  private static boolean isController(String manager) {
    return manager.equals("kube-controller-manager")
        || manager.equals("kube-scheduler")
        || manager.equals("pilot-discovery");
  }

  /** The path down to where more than one field was set. */
  private static String fieldPath(String path, Fields node) {
    Map<String, Fields> children = node.map();
    children.remove(".");
    if (children.size() != 1) {
      return path;
    }
    Map.Entry<String, Fields> only = children.entrySet().iterator().next();
    String key = only.getKey();
    return key.startsWith("f:") ? fieldPath(path + "." + key.substring(2), only.getValue()) : path;
  }
}

package dev.upstream.bundle;

import dev.upstream.answer.ClusterStatus;
import dev.upstream.answer.Directory;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.IstiodVersions;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Snapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a recording holds: its namespaces are those of its objects. */
public final class BundleDirectory implements Directory {
  private final Snapshot snapshot;
  private final Map<String, List<String>> namespaces = new HashMap<>();

  public BundleDirectory(Snapshot snapshot) {
    this.snapshot = snapshot;
    snapshot.clusters().forEach((name, view) -> namespaces.put(name, namespaces(view)));
  }

  private static List<String> namespaces(ClusterView view) {
    Set<String> found = new HashSet<>();
    for (Resource r : view.objects().all()) {
      found.add(r.kind() == Kind.NAMESPACE ? r.name() : r.namespace());
    }
    found.remove("");
    return found.stream().sorted().toList();
  }

  @Override
  public List<String> clusters() {
    return List.copyOf(snapshot.clusters().keySet());
  }

  @Override
  public List<String> namespaces(String cluster) {
    return namespaces.getOrDefault(cluster, List.of());
  }

  @Override
  public List<String> services(String cluster, String namespace) {
    return snapshot.cluster(cluster).stream()
        .flatMap(v -> v.objects().in(Kind.SERVICE, namespace).stream())
        .map(Resource::name)
        .sorted()
        .toList();
  }

  @Override
  public List<ClusterStatus> status() {
    return snapshot.clusters().values().stream().map(this::status).toList();
  }

  private ClusterStatus status(ClusterView view) {
    return new ClusterStatus(
        view.name(),
        true,
        true,
        Optional.empty(),
        istio(view),
        List.of(),
        trouble(view),
        Optional.of(snapshot.at()));
  }

  private static List<String> istio(ClusterView view) {
    return IstiodVersions.of(view.objects().all(Kind.POD).stream().map(Pod::new).toList());
  }

  /** A part without any object says at least why. */
  private static Optional<String> trouble(ClusterView view) {
    return view.objects().all().isEmpty()
        ? Optional.of(
            "The recording holds no object of this cluster."
                + view.gaps().stream().map(Gap::detail).findFirst().map(d -> " " + d).orElse(""))
        : Optional.empty();
  }
}

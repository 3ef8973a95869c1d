package dev.upstream.snapshot;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of one cluster.
 *
 * @param reachedBy hosts and CIDRs by which other clusters reach this one's edge, from
 *     configuration
 */
public record ClusterView(
    String name,
    Objects objects,
    Coverage coverage,
    List<ProxyView> proxies,
    List<ControlPlaneView> controlPlanes,
    List<NodeView> nodes,
    List<LogExcerpt> logs,
    List<Gap> gaps,
    List<String> reachedBy) {

  /** Between a page and its pod in the scope of a gap. */
  public static final String PAGE_OF = " of ";

  public ClusterView {
    proxies = proxies.stream().sorted(Comparator.comparing(ProxyView::id)).toList();
    controlPlanes =
        controlPlanes.stream()
            .sorted(
                Comparator.comparing(ControlPlaneView::namespace)
                    .thenComparing(ControlPlaneView::pod))
            .toList();
    nodes = nodes.stream().sorted(Comparator.comparing(NodeView::name)).toList();
    logs =
        logs.stream()
            .sorted(Comparator.comparing(LogExcerpt::id).thenComparing(LogExcerpt::previous))
            .toList();
    gaps = gaps.stream().distinct().sorted().toList();
    reachedBy = List.copyOf(reachedBy);
  }

  /** A cluster of which nothing was seen, for the reasons given. */
  public static ClusterView unseen(String name, List<Gap> gaps, List<String> reachedBy) {
    return new ClusterView(
        name,
        new Objects(List.of()),
        new Coverage(List.of(), List.of()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        gaps,
        reachedBy);
  }

  /** Why sync rows of istiods were not read; another page of an istiod does not hide them. */
  public List<Gap> unreadSync() {
    return gaps.stream()
        .filter(g -> g.source() == Source.ISTIOD && !g.scope().contains(PAGE_OF))
        .toList();
  }

  public boolean complete(Kind kind, String namespace) {
    return complete(kind, namespace, Map.of());
  }

  public boolean complete(Kind kind, String namespace, Map<String, String> labels) {
    return coverage.complete(kind, namespace, labels);
  }

  public Optional<ProxyView> proxy(String namespace, String pod) {
    return proxies.stream()
        .filter(p -> p.namespace().equals(namespace) && p.pod().equals(pod))
        .findFirst();
  }

  public Optional<LogExcerpt> log(String namespace, String pod, String container) {
    return logs.stream()
        .filter(l -> !l.previous() && l.id().equals(namespace + "/" + pod + "/" + container))
        .findFirst();
  }

  /** Only manifests, nothing that a running cluster wrote: a lint (PRODUCT.md section 3). */
  public boolean manifestsOnly() {
    return !objects.all().isEmpty()
        && objects.all().stream().noneMatch(Resource::lived)
        && proxies.isEmpty()
        && controlPlanes.isEmpty();
  }
}

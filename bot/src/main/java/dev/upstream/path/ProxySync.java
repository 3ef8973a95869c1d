package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView.SyncRow;
import dev.upstream.snapshot.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the istiods say of a hop's proxies (RULES.md R10). */
public final class ProxySync {
  private ProxySync() {}

  /** Begins with {@code "; "}; empty where no istiod's rows were read, or there is no proxy. */
  static String words(ClusterView view, List<ObjectRef> proxies, Instant now) {
    boolean read = view.controlPlanes().stream().anyMatch(c -> c.sync().isPresent());
    if (!read || proxies.isEmpty()) {
      return "";
    }
    List<String> off =
        proxies.stream()
            .map(
                p ->
                    row(view, p)
                        .map(r -> trouble(r, now))
                        .orElse(Optional.of("is connected to no istiod")))
            .flatMap(Optional::stream)
            .toList();
    if (proxies.size() == 1) {
      return "; its proxy " + off.stream().findFirst().orElse("is in sync with istiod");
    }
    int synced = proxies.size() - off.size();
    return "; "
        + synced
        + " of its "
        + proxies.size()
        + " proxies are in sync with istiod"
        + off.stream().findFirst().map(o -> ", one " + o).orElse("");
  }

  /** Proxies that were not read and run what istiod wants, which is what the objects say (R8). */
  public static int unreadInOrder(ClusterView view, List<ObjectRef> proxies, Instant now) {
    return (int)
        proxies.stream()
            .filter(p -> view.proxy(p.namespace(), p.name()).isEmpty())
            .flatMap(p -> row(view, p).stream())
            .filter(r -> trouble(r, now).isEmpty())
            .count();
  }

  /** The row of a proxy, from whichever istiod it is connected to. */
  public static Optional<SyncRow> row(ClusterView view, ObjectRef pod) {
    String proxy = pod.name() + "." + pod.namespace();
    return view.controlPlanes().stream()
        .flatMap(c -> c.sync().stream())
        .flatMap(List::stream)
        .filter(r -> r.proxy().equals(proxy))
        .findFirst();
  }

  /** Why what the proxy runs may not be what istiod wants; empty when it is in order. */
  public static Optional<String> trouble(SyncRow row, Instant now) {
    if (!row.lastErrors().isEmpty()) {
      return Optional.of("refused a configuration");
    }
    List<String> stale = row.stale(now);
    return stale.isEmpty()
        ? Optional.empty()
        : Optional.of("has not acknowledged istiod's last " + String.join(", ", stale));
  }
}

package dev.upstream.path;

import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView.SyncRow;
import dev.upstream.snapshot.ObjectRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the istiods say of a hop's proxies, in a few words for its detail. */
final class ProxySync {
  private ProxySync() {}

  /** Begins with {@code "; "}; empty where no istiod's rows were read, or there is no proxy. */
  static String words(ClusterView view, List<ObjectRef> proxies) {
    boolean read = view.controlPlanes().stream().anyMatch(c -> c.sync().isPresent());
    if (!read || proxies.isEmpty()) {
      return "";
    }
    Map<String, SyncRow> rows = new HashMap<>();
    view.controlPlanes().stream()
        .flatMap(c -> c.sync().stream())
        .flatMap(List::stream)
        .forEach(r -> rows.putIfAbsent(r.proxy(), r));
    List<String> states = proxies.stream().map(p -> state(rows, p)).toList();
    List<String> off = states.stream().filter(s -> !s.isEmpty()).toList();
    if (off.isEmpty()) {
      return proxies.size() == 1
          ? "; its proxy is in sync with istiod"
          : "; its " + proxies.size() + " proxies are in sync with istiod";
    }
    return proxies.size() == 1
        ? "; its proxy " + off.getFirst()
        : "; " + off.size() + " of its " + proxies.size() + " proxies: " + off.getFirst();
  }

  private static String state(Map<String, SyncRow> rows, ObjectRef pod) {
    SyncRow row = rows.get(pod.name() + "." + pod.namespace());
    if (row == null) {
      return "is connected to no istiod";
    }
    if (!row.lastErrors().isEmpty()) {
      return "refused a configuration";
    }
    return row.types().containsValue("STALE") ? "has not acknowledged all of istiod's answers" : "";
  }
}

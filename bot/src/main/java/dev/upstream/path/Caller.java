package dev.upstream.path;

import dev.upstream.snapshot.ObjectRef;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who decides where a request goes next, and whose log tells how it went. */
public sealed interface Caller {
  String cluster();

  /** The pods that decide, as far as they were read. */
  List<ObjectRef> pods();

  /** Envoys that istiod configures: a gateway's pods or a client's sidecars. */
  record Mesh(String cluster, ObjectRef subject, List<ObjectRef> pods, boolean gateway)
      implements Caller {
    public Mesh {
      pods = List.copyOf(pods);
    }
  }

  /**
   * An Ingress controller's pods.
   *
   * @param labels what all its pods carry; empty for a controller that is not known
   */
  record IngressController(
      String cluster,
      ObjectRef subject,
      String controller,
      Map<String, String> labels,
      List<ObjectRef> pods)
      implements Caller {
    public IngressController {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
      pods = List.copyOf(pods);
    }
  }

  /** A client without a proxy: kube-proxy picks the endpoint, and nobody writes a log. */
  record Plain(String cluster) implements Caller {
    @Override
    public List<ObjectRef> pods() {
      return List.of();
    }
  }
}

package dev.upstream.path;

import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to be read beside routing objects and Services to judge a path, by cluster. A collector
 * reads it and finds the path again, until nothing new is asked for.
 */
public record Scope(SortedMap<String, Part> clusters) {

  /**
   * Pods to list by labels.
   *
   * @param namespace empty for every namespace
   */
  public record PodQuery(String namespace, SortedMap<String, String> labels)
      implements Comparable<PodQuery> {
    public static PodQuery of(String namespace, Map<String, String> labels) {
      return new PodQuery(namespace, new TreeMap<>(labels));
    }

    @Override
    public int compareTo(PodQuery other) {
      int byNamespace = namespace.compareTo(other.namespace);
      return byNamespace != 0 ? byNamespace : labels.toString().compareTo(other.labels.toString());
    }
  }

  /** A container's log to read the end of. */
  public record LogQuery(String namespace, String pod, String container)
      implements Comparable<LogQuery> {
    @Override
    public int compareTo(LogQuery other) {
      return (namespace + "/" + pod + "/" + container)
          .compareTo(other.namespace + "/" + other.pod + "/" + other.container);
    }
  }

  /**
   * One cluster's part.
   *
   * @param services whose EndpointSlices are wanted
   * @param namespaces whose workloads and events are wanted
   * @param proxies pods whose Envoy is to be read
   * @param whole kinds of which every object of the cluster is wanted
   */
  public record Part(
      SortedSet<PodQuery> pods,
      SortedSet<ObjectRef> services,
      SortedSet<String> namespaces,
      SortedSet<ObjectRef> proxies,
      SortedSet<LogQuery> logs,
      SortedSet<String> meshNamespaces,
      SortedSet<Kind> whole) {
    static Part empty() {
      return new Part(
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>(),
          new TreeSet<>());
    }
  }

  static Scope empty() {
    return new Scope(new TreeMap<>());
  }

  Part part(String cluster) {
    return clusters.computeIfAbsent(cluster, c -> Part.empty());
  }
}

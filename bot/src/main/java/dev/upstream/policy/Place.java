package dev.upstream.policy;

import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;

/**
 * A namespace of a cluster.
 *
 * @param namespace empty for what belongs to none
 */
public record Place(String cluster, String namespace) implements Comparable<Place> {
  public static Place of(String cluster, ObjectRef ref) {
    boolean itself = ref.kind().equals(Kind.NAMESPACE.kind()) && ref.namespace().isEmpty();
    return new Place(cluster, itself ? ref.name() : ref.namespace());
  }

  @Override
  public int compareTo(Place other) {
    int byCluster = cluster.compareTo(other.cluster);
    return byCluster != 0 ? byCluster : namespace.compareTo(other.namespace);
  }
}

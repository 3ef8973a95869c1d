package dev.upstream.snapshot;

import java.util.Comparator;

/**
 * Names one Kubernetes object inside one cluster.
 *
 * @param apiVersion group and version, such as {@code apps/v1}; {@code v1} for the core group
 * @param namespace empty for a cluster-scoped object
 */
public record ObjectRef(String apiVersion, String kind, String namespace, String name)
    implements Comparable<ObjectRef> {
  private static final Comparator<ObjectRef> ORDER =
      Comparator.comparing(ObjectRef::kind)
          .thenComparing(ObjectRef::namespace)
          .thenComparing(ObjectRef::name)
          .thenComparing(ObjectRef::apiVersion);

  public static ObjectRef of(Kind kind, String namespace, String name) {
    return new ObjectRef(kind.apiVersion(), kind.kind(), namespace, name);
  }

  /** {@code Kind/namespace/name}, the middle empty for a cluster-scoped object (RULES.md R12). */
  public String path() {
    return kind + "/" + namespace + "/" + name;
  }

  /** How a person names it: {@code Deployment shop/web}. */
  public String words() {
    return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
  }

  @Override
  public int compareTo(ObjectRef other) {
    return ORDER.compare(this, other);
  }
}

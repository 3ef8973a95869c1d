package dev.upstream.snapshot;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One Kubernetes object as it was read, already trimmed by {@link Trim}.
 *
 * @param tree the object's JSON; deeply immutable
 */
public record Resource(Kind kind, Map<String, Object> tree) {
  public Resource {
    tree = freezeMap(tree);
  }

  public Fields fields() {
    return Fields.of(tree);
  }

  public Fields at(String... path) {
    return fields().at(path);
  }

  public String name() {
    return fields().string("metadata", "name");
  }

  public String namespace() {
    return fields().string("metadata", "namespace");
  }

  public ObjectRef ref() {
    return ObjectRef.of(kind, namespace(), name());
  }

  public String uid() {
    return fields().string("metadata", "uid");
  }

  public Map<String, String> labels() {
    return fields().textMap("metadata", "labels");
  }

  public Map<String, String> annotations() {
    return fields().textMap("metadata", "annotations");
  }

  public Optional<Instant> createdAt() {
    return fields().time("metadata", "creationTimestamp");
  }

  /** Whether the object carries a status that only a running cluster writes. */
  public boolean lived() {
    return at("status").present() || !uid().isEmpty();
  }

  private static Map<String, Object> freezeMap(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (k, v) -> {
          if (v != null) {
            copy.put(String.valueOf(k), freeze(v));
          }
        });
    return Collections.unmodifiableMap(copy);
  }

  private static Object freeze(Object value) {
    return switch (value) {
      case Map<?, ?> map -> freezeMap(map);
      case List<?> list -> list.stream().filter(Objects::nonNull).map(Resource::freeze).toList();
      case Long n when n >= Integer.MIN_VALUE && n <= Integer.MAX_VALUE -> n.intValue();
      default -> value;
    };
  }
}

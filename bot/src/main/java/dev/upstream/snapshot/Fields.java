package dev.upstream.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON tree without ever meeting null: what is absent or of another type is empty.
 * Documents whose types are wrong are refused at the border (RULES.md R16), so that a type that
 * differs here only ever means "not set".
 */
public final class Fields {
  private static final Fields NONE = new Fields(null);
  private final @Nullable Object node;

  private Fields(@Nullable Object node) {
    this.node = node;
  }

  public static Fields of(@Nullable Object node) {
    return node == null ? NONE : new Fields(node);
  }

  public Fields at(String... path) {
    Object current = node;
    for (String key : path) {
      if (!(current instanceof Map<?, ?> map)) {
        return NONE;
      }
      current = map.get(key);
    }
    return of(current);
  }

  public boolean present() {
    return node != null;
  }

  public Optional<String> text(String... path) {
    Object value = at(path).node;
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  /** The text at a path, or nothing written. */
  public String string(String... path) {
    return text(path).orElse("");
  }

  /** A whole number; also one written as a string, as Envoy does for 64 bits. */
  public OptionalInt number(String... path) {
    Object value = at(path).node;
    if (value instanceof Number n) {
      return OptionalInt.of(n.intValue());
    }
    if (value instanceof String s && s.matches("-?\\d{1,9}")) {
      return OptionalInt.of(Integer.parseInt(s));
    }
    return OptionalInt.empty();
  }

  public boolean flag(String... path) {
    return at(path).node instanceof Boolean b && b;
  }

  public Optional<Instant> time(String... path) {
    return text(path).flatMap(Fields::parseTime);
  }

  public List<Fields> list(String... path) {
    if (!(at(path).node instanceof List<?> list)) {
      return List.of();
    }
    List<Fields> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(of(item));
    }
    return items;
  }

  public List<String> texts(String... path) {
    return list(path).stream().map(f -> f.text().orElse("")).toList();
  }

  public Map<String, Fields> map(String... path) {
    Map<String, Fields> result = new LinkedHashMap<>();
    if (at(path).node instanceof Map<?, ?> map) {
      map.forEach((k, v) -> result.put(String.valueOf(k), of(v)));
    }
    return result;
  }

  /** The map at this place as it was read; empty when there is none. */
  public Map<String, Object> tree() {
    Map<String, Object> result = new LinkedHashMap<>();
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (k, v) -> {
            if (v != null) {
              result.put(String.valueOf(k), v);
            }
          });
    }
    return result;
  }

  public Map<String, String> textMap(String... path) {
    Map<String, String> result = new LinkedHashMap<>();
    map(path).forEach((k, v) -> result.put(k, v.text().orElse("")));
    return result;
  }

  /** An RFC 3339 time with any offset and fraction. */
  public static Optional<Instant> parseTime(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fields f && Objects.equals(node, f.node);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(node);
  }

  @Override
  public String toString() {
    return String.valueOf(node);
  }
}

package dev.upstream.bundle;

import java.util.List;
import java.util.Map;

/**
 * A number for the form of a tree: its keys and the types of its values, not what they say. Whether
 * types are right depends on nothing else, and thousands of pods have the same form.
 */
final class Shape {
  private static final long PRIME = 0x100000001b3L;

  private Shape() {}

  static long of(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        long shape = 17;
        for (Map.Entry<?, ?> e : map.entrySet()) {
          long entry = mixed(String.valueOf(e.getKey()).hashCode(), of(e.getValue()));
          shape += mixed(entry, PRIME);
        }
        yield shape;
      }
      case List<?> list -> {
        long shape = 31;
        for (Object item : list) {
          shape = mixed(shape, of(item));
        }
        yield shape;
      }
      case String text -> 1;
      case Boolean flag -> 2;
      case Integer whole -> 3;
      case Long whole -> 4;
      case Double fraction -> 5;
      default -> value.getClass().hashCode();
    };
  }

  private static long mixed(long a, long b) {
    long x = (a ^ b) * PRIME;
    return (x ^ (x >>> 29)) * PRIME + a;
  }
}

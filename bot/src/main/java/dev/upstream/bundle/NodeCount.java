package dev.upstream.bundle;

import java.util.Map;

/** How many values a document may still have; what an alias repeats counts again. */
final class NodeCount {
  private final Limits limits;
  private int left;

  NodeCount(Limits limits) {
    this.limits = limits;
    this.left = limits.nodes();
  }

  void take(int nodes, int depth) throws Malformed {
    left -= nodes;
    if (left < 0) {
      throw new Malformed("It has more than " + limits.nodes() + " values");
    }
    if (depth > limits.nesting()) {
      throw new Malformed("It is nested more than " + limits.nesting() + " deep");
    }
  }

  int left() {
    return left;
  }

  static void putOnce(Map<String, Object> map, String key, Object value) throws Malformed {
    if (map.put(key, value) != null) {
      throw new Malformed("A key stands twice in one map");
    }
  }
}

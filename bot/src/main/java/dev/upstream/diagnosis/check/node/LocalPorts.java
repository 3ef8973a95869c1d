package dev.upstream.diagnosis.check.node;

import dev.upstream.snapshot.NodeView;
import java.util.BitSet;

/** The source ports that a node's kernel may pick: the local range without the reserved ones. */
record LocalPorts(int low, int high, String reservedShown, BitSet reserved) {
  static final String RANGE = "net.ipv4.ip_local_port_range";

  private static final int LOW = 32_768;
  private static final int HIGH = 60_999;

  static LocalPorts of(NodeView node) {
    String[] range =
        node.sysctls().getOrDefault(RANGE, LOW + " " + HIGH).strip().split("[\\s-]+", -1);
    String reserved = node.sysctls().getOrDefault("net.ipv4.ip_local_reserved_ports", "").strip();
    BitSet bits = new BitSet();
    for (String part : reserved.isEmpty() ? new String[0] : reserved.split(",", -1)) {
      int dash = part.indexOf('-');
      int from = port(dash < 0 ? part : part.substring(0, dash), 0);
      int to = port(dash < 0 ? part : part.substring(dash + 1), 0);
      if (from > 0 && to >= from) {
        bits.set(from, to + 1);
      }
    }
    return new LocalPorts(
        port(range[0], LOW), port(range.length > 1 ? range[1] : "", HIGH), reserved, bits);
  }

  private static int port(String text, int fallback) {
    return text.strip().matches("\\d{1,5}") ? Integer.parseInt(text.strip()) : fallback;
  }

  boolean mayUse(int port) {
    return port >= low && port <= high && !reserved.get(port);
  }

  int count() {
    int count = 0;
    for (int port = low; port <= high; port++) {
      count += reserved.get(port) ? 0 : 1;
    }
    return Math.max(1, count);
  }

  String shown() {
    return low + "-" + high;
  }
}

package dev.upstream.lab.node;

import dev.upstream.lab.control.Command;

/**
 * A link that swallows every packet: to a peer behind it, a connection is neither taken nor
 * refused.
 */
final class Blackhole {
  private static boolean laid;

  private Blackhole() {}

  static synchronized void swallow(String address, String nodeAddress) {
    if (!laid) {
      Command.feed(
          """
          link add blackhole type veth peer name blackhole-end
          link set blackhole arp off
          link set blackhole up
          link set blackhole-end up
          """,
          "ip",
          "-batch",
          "-");
      laid = true;
    }
    Command.run(
        "ip",
        "route",
        "replace",
        address + "/32",
        "dev",
        "blackhole",
        "src",
        nodeAddress,
        "table",
        "local");
  }

  static synchronized void release(String address) {
    Command.run("ip", "route", "del", address + "/32", "dev", "blackhole", "table", "local");
  }
}

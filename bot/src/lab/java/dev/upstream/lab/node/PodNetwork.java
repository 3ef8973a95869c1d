package dev.upstream.lab.node;

import dev.upstream.lab.control.Children;
import dev.upstream.lab.control.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Network namespaces for pods whose process must have the ports of the address to itself. */
final class PodNetwork {
  private static final AtomicInteger LINKS = new AtomicInteger();

  private PodNetwork() {}

  /** A process that waits inside its own namespace, its address routed, until it is let go. */
  record Started(Process process, BufferedReader output) {}

  /**
   * Starts a program in a namespace of its own. The rest of the lab reaches it at the address by a
   * veth pair; the route stands in the table of local addresses, where it is longer, and so
   * stronger, than the range that is local. Its own way out is over the node: an address that
   * nobody has is then silent, as behind a router, and not unreachable after three seconds of ARP.
   */
  static Started start(
      Children children, String address, String nodeAddress, List<String> command) {
    List<String> whole =
        new ArrayList<>(
            List.of("unshare", "--net", "sh", "-c", "echo; read go; exec \"$@\"", "sh"));
    whole.addAll(command);
    Process process = children.piped(whole);
    BufferedReader output = process.inputReader();
    try {
      output.readLine(); // now it is inside
      String link = "pod" + LINKS.incrementAndGet();
      String pid = Long.toString(process.pid());
      Command.feed(
          """
          link add %1$s type veth peer name eth0 netns %2$s
          link set %1$s up
          route add %3$s/32 dev %1$s src %4$s table local
          """
              .formatted(link, pid, address, nodeAddress),
          "ip",
          "-batch",
          "-");
      Command.feed(
          """
          link set lo up
          addr add %s/32 dev eth0
          link set eth0 up
          route add default via %s dev eth0 onlink
          """
              .formatted(address, nodeAddress),
          "nsenter",
          "--target",
          pid,
          "--net",
          "ip",
          "-batch",
          "-");
      process.outputWriter().append("go\n").close();
      return new Started(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

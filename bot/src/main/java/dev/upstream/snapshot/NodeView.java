package dev.upstream.snapshot;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a node's own network says (RULES.md R18). Empty means that this part was not read.
 *
 * @param sysctls by full name, such as net.ipv4.ip_local_port_range
 */
public record NodeView(
    String name,
    Map<String, String> sysctls,
    Optional<List<Socket>> sockets,
    Optional<List<Tracked>> conntrack,
    Optional<List<VirtualServer>> ipvs,
    Optional<String> kubeProxyMode) {

  /** A TCP socket as {@code ss -nat} prints it. */
  public record Socket(
      String state, String localAddress, int localPort, String peerAddress, int peerPort) {}

  /** A connection that the kernel tracks, original direction. */
  public record Tracked(
      String state, String source, String destination, int sourcePort, int destinationPort) {}

  /** An IPVS virtual server, a line of {@code ipvsadm -Ln}. */
  public record VirtualServer(String protocol, String address, int port) {}

  public NodeView {
    sysctls = Collections.unmodifiableSortedMap(new TreeMap<>(sysctls));
    sockets = sockets.map(List::copyOf);
    conntrack = conntrack.map(List::copyOf);
    ipvs = ipvs.map(List::copyOf);
  }
}

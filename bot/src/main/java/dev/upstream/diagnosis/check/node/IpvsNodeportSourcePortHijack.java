package dev.upstream.diagnosis.check.node;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Confidence;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.NodeView;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * kube-proxy in IPVS mode takes the answer to a kubelet's probe for a new connection, because the
 * probe's source port is a NodePort (kernel net/netfilter/ipvs tcp_conn_schedule; CASES.md case 4).
 */
public final class IpvsNodeportSourcePortHijack implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "ipvs-nodeport-source-port-hijack",
          "IPVS takes a probe's reply because its source port is a NodePort.",
          Set.of(Source.OBJECTS, Source.EVENTS, Source.NODE),
          Set.of(),
          List.of("random-probe-failures"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (String cluster : c.onPath()) {
      boolean failing = c.probeTimeouts(cluster).scattered();
      Set<Integer> nodePorts = nodePorts(c, cluster);
      List<NodeView> nodes = c.nodes(cluster);
      if (failing) {
        c.complete(cluster, Kind.SERVICE, "");
      }
      if (failing && nodes.isEmpty()) {
        c.blind(
            new Gap(
                cluster,
                Source.NODE,
                "nodes",
                Gap.Cause.NOT_COLLECTED,
                "Sysctls, sockets and kube-proxy's mode of the nodes were not read.",
                "Install the node facts reader: kubectl apply -f config/node-facts.yml."));
      }
      for (NodeView node : nodes) {
        LocalPorts ports = LocalPorts.of(node);
        Set<Integer> hits = new TreeSet<>(nodePorts);
        hits.removeIf(p -> !ports.mayUse(p));
        if (failing && !node.sysctls().containsKey(LocalPorts.RANGE)) {
          c.blind(unread(cluster, node, LocalPorts.RANGE));
        } else if (failing && !hits.isEmpty() && node.kubeProxyMode().isEmpty()) {
          c.blind(unread(cluster, node, "kube-proxy's mode"));
        } else if (!hits.isEmpty() && node.kubeProxyMode().map("ipvs"::equals).orElse(false)) {
          findings.add(finding(cluster, node, ports, hits, failing));
        }
      }
    }
    return findings;
  }

  private static Gap unread(String cluster, NodeView node, String what) {
    return new Gap(
        cluster,
        Source.NODE,
        node.name(),
        Gap.Cause.NOT_COLLECTED,
        "Of node " + node.name() + " " + what + " was not read.",
        "Look there: sysctl " + LocalPorts.RANGE + "; curl -s 127.0.0.1:10249/proxyMode");
  }

  private static Set<Integer> nodePorts(Case c, String cluster) {
    Set<Integer> ports = new TreeSet<>();
    c.objects(cluster)
        .services()
        .forEach(
            s ->
                s.ports().stream()
                    .filter(p -> p.protocol().equals("TCP"))
                    .forEach(p -> p.nodePort().ifPresent(ports::add)));
    return ports;
  }

  private static Finding finding(
      String cluster, NodeView node, LocalPorts ports, Set<Integer> hits, boolean failing) {
    String part =
        String.format(
            Locale.ROOT,
            "About 1 of %,d new connections from ",
            Math.round((double) ports.count() / hits.size()));
    List<NodeView.Socket> stuck =
        node.sockets().orElse(List.of()).stream()
            .filter(s -> s.state().equals("SYN-SENT") && hits.contains(s.localPort()))
            .toList();
    List<NodeView.Tracked> tracked =
        node.conntrack().orElse(List.of()).stream()
            .filter(t -> t.state().equals("SYN_RECV") && hits.contains(t.sourcePort()))
            .toList();
    boolean seen = !stuck.isEmpty() || !tracked.isEmpty();
    Finding finding =
        Finding.of(
                INFO,
                cluster,
                ObjectRef.of(Kind.NODE, "", node.name()),
                part + "node " + node.name() + " is lost: its source ports collide with NodePorts.")
            .ofSeveral(part + Finding.THEY + " is lost: their source ports collide with NodePorts.")
            .at("sysctl net.ipv4.ip_local_reserved_ports")
            .hits(failing ? Impact.unknown() : Impact.nothing())
            .sure(seen ? Confidence.HIGH : Confidence.MEDIUM)
            .proof(
                new Evidence(
                    Source.NODE,
                    "net.ipv4.ip_local_port_range is "
                        + ports.shown()
                        + ", net.ipv4.ip_local_reserved_ports is \""
                        + ports.reservedShown()
                        + "\", kube-proxy's mode is ipvs",
                    "sysctl net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports; curl -s"
                        + " 127.0.0.1:10249/proxyMode"),
                new Evidence(
                    Source.OBJECTS,
                    String.format(
                        Locale.ROOT,
                        "NodePorts inside that range: %s; IPVS takes the replies to these %d of its"
                            + " %,d ports",
                        some(hits),
                        hits.size(),
                        ports.count()),
                    Words.kubectl(
                        cluster,
                        "get services -A -o jsonpath='{.items[*].spec.ports[*].nodePort}'")));
    if (!stuck.isEmpty()) {
      finding =
          finding.proof(
              new Evidence(
                  Source.NODE,
                  Words.count(stuck.size(), "socket")
                      + " stuck in SYN-SENT from such a port, for example "
                      + stuck.getFirst().localPort()
                      + " to "
                      + peer(stuck.getFirst()),
                  "ss -nat state syn-sent"));
    }
    if (!tracked.isEmpty()) {
      finding =
          finding.proof(
              new Evidence(
                  Source.NODE,
                  Words.count(tracked.size(), "connection")
                      + " in SYN_RECV from such a port in conntrack",
                  "conntrack -L -p tcp --state SYN_RECV"));
    }
    long virtual =
        node.ipvs().orElse(List.of()).stream().filter(v -> hits.contains(v.port())).count();
    return virtual == 0
        ? finding
        : finding.proof(
            new Evidence(
                Source.NODE,
                virtual + " IPVS virtual servers listen on these ports",
                "ipvsadm -Ln"));
  }

  private static String peer(NodeView.Socket socket) {
    return socket.peerAddress().equals("-")
        ? "port " + socket.peerPort()
        : socket.peerAddress() + ":" + socket.peerPort();
  }

  private static String some(Set<Integer> ports) {
    List<String> first = ports.stream().limit(8).map(String::valueOf).toList();
    return String.join(", ", first)
        + (ports.size() > 8 ? " and " + (ports.size() - 8) + " more" : "");
  }
}

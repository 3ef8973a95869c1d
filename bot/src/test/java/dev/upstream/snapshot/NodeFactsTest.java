package dev.upstream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.snapshot.NodeView.Socket;
import dev.upstream.snapshot.NodeView.Tracked;
import dev.upstream.snapshot.NodeView.VirtualServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeFactsTest {
  private static final Map<String, String> FILES =
      Map.of(
          NodeFacts.SYSCTL,
          """
          net.ipv4.ip_local_port_range = 12000\t65001
          net.ipv4.ip_local_reserved_ports =
          net.ipv4.tcp_fastopen_key = 3a1c0000-9f2b1111-00000000-deadbeef
          net.ipv6.conf.eth0.stable_secret = 2001:db8::1
          kernel.hostname = node-a
          sysctl: permission denied on key 'net.ipv4.xyz'
          """,
          NodeFacts.SOCKETS,
          """
          State    Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
          LISTEN   0      4096         127.0.0.1:10248      0.0.0.0:*
          LISTEN   0      4096                 *:10250            *:*    users:(("kubelet",pid=1,fd=2))
          SYN-SENT 0      1          10.0.1.5:31055   10.244.3.7:8080 users:(("kubelet",pid=1234,fd=33))
          ESTAB    0      0      10.0.1.5%eth0:22   203.0.113.9:50222
          ESTAB    0      0  [::ffff:10.0.1.5]:6443 [fd00::7]:40112
          garbage that no ss ever printed
          """,
          NodeFacts.CONNTRACK,
          """
          tcp      6 57 SYN_RECV src=10.0.1.5 dst=10.244.3.7 sport=31055 dport=8080 src=10.244.3.7 dst=10.0.1.5 sport=8080 dport=31055 mark=0 use=1
          ipv4     2 tcp      6 431999 ESTABLISHED src=203.0.113.9 dst=10.0.1.5 sport=50222 dport=22 src=10.0.1.5 dst=203.0.113.9 sport=22 dport=50222 [ASSURED] mark=0 use=1
          udp      17 29 src=10.0.1.5 dst=10.96.0.10 sport=5353 dport=53
          """,
          NodeFacts.IPVS,
          """
          IP Virtual Server version 1.2.1 (size=4096)
          Prot LocalAddress:Port Scheduler Flags
            -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
          TCP  10.0.1.5:31055 rr
            -> 10.244.9.9:8080              Masq    1      0          12
          TCP  [fd00::1]:443 rr persistent 10800
          UDP  10.96.0.10:53 rr
          FWM  1 rr
          """,
          NodeFacts.MODE,
          "ipvs\n");

  @Test
  void reads_what_the_tools_print_and_skips_the_rest() {
    NodeView node = NodeFacts.read("node-a", FILES);

    assertThat(node.sysctls())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "net.ipv4.ip_local_port_range",
                "12000 65001",
                "net.ipv4.ip_local_reserved_ports",
                ""));
    assertThat(node.sockets())
        .contains(
            List.of(
                new Socket("LISTEN", "127.0.0.1", 10248, "0.0.0.0", 0),
                new Socket("LISTEN", "*", 10250, "*", 0),
                new Socket("SYN-SENT", "10.0.1.5", 31055, "10.244.3.7", 8080),
                new Socket("ESTAB", "10.0.1.5", 22, "203.0.113.9", 50222),
                new Socket("ESTAB", "10.0.1.5", 6443, "fd00::7", 40112)));
    assertThat(node.conntrack())
        .contains(
            List.of(
                new Tracked("SYN_RECV", "10.0.1.5", "10.244.3.7", 31055, 8080),
                new Tracked("ESTABLISHED", "203.0.113.9", "10.0.1.5", 50222, 22)));
    assertThat(node.ipvs())
        .contains(
            List.of(
                new VirtualServer("TCP", "10.0.1.5", 31055),
                new VirtualServer("TCP", "fd00::1", 443),
                new VirtualServer("UDP", "10.96.0.10", 53)));
    assertThat(node.kubeProxyMode()).contains("ipvs");
  }

  @Test
  void what_is_printed_reads_back_equal() {
    NodeView node = NodeFacts.read("node-a", FILES);
    assertThat(NodeFacts.read("node-a", NodeFacts.print(node))).isEqualTo(node);
  }

  @Test
  void a_file_that_is_not_there_was_not_read_and_an_empty_one_was() {
    NodeView unread = NodeFacts.read("n", Map.of());
    NodeView none = NodeFacts.read("n", Map.of(NodeFacts.SOCKETS, "", NodeFacts.MODE, "what?\n"));

    assertThat(unread.sockets()).isEmpty();
    assertThat(none.sockets()).contains(List.of());
    assertThat(none.kubeProxyMode()).isEmpty();
    assertThat(NodeFacts.read("n", NodeFacts.print(none))).isEqualTo(none);
  }

  @Test
  void addresses_that_are_no_pods_nodes_or_services_are_cut() {
    NodeView node =
        NodeFacts.withoutStrangers(
            NodeFacts.read("node-a", FILES),
            new Objects(
                List.of(
                    new Resource(
                        Kind.POD,
                        Map.of(
                            "metadata",
                            Map.of("namespace", "shop", "name", "web"),
                            "status",
                            Map.of("podIP", "10.244.3.7", "hostIP", "10.0.1.5"))))));
    NodeView elsewhere =
        NodeFacts.withoutStrangers(NodeFacts.read("node-a", FILES), new Objects(List.of()));

    assertThat(node.sockets().orElseThrow())
        .contains(new Socket("SYN-SENT", "10.0.1.5", 31055, "10.244.3.7", 8080))
        .contains(new Socket("ESTAB", "10.0.1.5", 22, "-", 50222));
    assertThat(node.conntrack().orElseThrow())
        .contains(new Tracked("ESTABLISHED", "-", "10.0.1.5", 50222, 22));
    assertThat(String.join("", NodeFacts.print(node).values())).doesNotContain("203.0.113.9");
    assertThat(elsewhere.sockets().orElseThrow().toString()).doesNotContain("10.0.1.5");
  }
}

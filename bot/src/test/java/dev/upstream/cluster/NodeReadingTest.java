package dev.upstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.path.Ask;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.NodeView;
import dev.upstream.snapshot.ProbeTimeouts;
import dev.upstream.snapshot.Source;
import dev.upstream.target.TargetParser;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes are read when probes fail without a pattern, and only then (RULES.md R5 and R18). */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeReadingTest {
  private static final String FACTS =
      """
      === node facts 1
      --- sysctl.txt
      net.ipv4.ip_local_port_range = 1024 65535
      --- ss.txt
      LISTEN 0 0 0.0.0.0:10250 0.0.0.0:*
      SYN-SENT 0 0 10.0.0.7:30080 203.0.113.9:8080
      --- kube-proxy-mode.txt
      ipvs
      --- passwords.txt
      hunter2
      === end
      === node facts 1
      --- sysctl.txt
      net.ipv4.ip_local_port_range = 1 2
      """;
  private FakeApi api;

  @BeforeEach
  void start() throws IOException {
    api = Shop.healthy();
    for (int i = 0; i < 5; i++) {
      api.with("events", timeout("ns-" + i % 3, "api" + i + "-x7k2p", "node-" + i % 3));
    }
    api.with("pods", reader("facts-a", "node-0"), reader("facts-b", "node-9"));
    api.log("upstream-nodes", "facts-a", FACTS);
    api.log("upstream-nodes", "facts-b", "starting\n");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void probesOfTheTargetThatTimeOutBringEventsAndNodesIn() throws IOException {
    api.with("events", timeout("shop", "web-0", "node-0"));
    ClusterView view = collect();
    assertThat(view.nodes()).extracting(NodeView::name).containsExactly("node-0");
    NodeView node = view.nodes().getFirst();
    assertThat(node.sysctls()).containsEntry("net.ipv4.ip_local_port_range", "1024 65535");
    assertThat(node.kubeProxyMode()).contains("ipvs");
    assertThat(node.sockets().orElseThrow())
        .contains(new NodeView.Socket("SYN-SENT", "-", 30080, "-", 8080));
    assertThat(view.gaps())
        .anySatisfy(
            g -> {
              assertThat(g.source()).isEqualTo(Source.NODE);
              assertThat(g.scope()).isEqualTo("node-9");
              assertThat(g.detail()).contains("no whole report");
            });
  }

  @Test
  void withoutATimeoutOfTheTargetNothingElseIsAsked() {
    assertThat(collect().nodes()).isEmpty();
    assertThat(api.asked()).noneMatch(p -> p.contains("fieldSelector"));
    assertThat(api.asked()).noneMatch(p -> p.contains("upstream-node-facts"));
  }

  @Test
  void eventsThatMayNotBeListedAreAGap() throws IOException {
    api.with("events", timeout("shop", "web-0", "node-0"));
    api.when(p -> p.startsWith("/api/v1/events"), FakeApi.status(403));
    ClusterView view = collect();
    assertThat(view.nodes()).isEmpty();
    assertThat(view.gaps())
        .anySatisfy(
            g -> {
              assertThat(g.cause()).isEqualTo(Gap.Cause.FORBIDDEN);
              assertThat(g.scope()).isEqualTo(ProbeTimeouts.SCOPE);
            });
    assertThat(view.complete(dev.upstream.snapshot.Kind.EVENT, "shop")).isTrue();
  }

  @Test
  void eventsThatAreTooManyAreAGap() throws IOException {
    api.with("events", timeout("shop", "web-0", "node-0"));
    api.pagesOf(1);
    assertThat(collect().gaps())
        .anySatisfy(
            g -> {
              assertThat(g.cause()).isEqualTo(Gap.Cause.TRUNCATED);
              assertThat(g.source()).isEqualTo(Source.EVENTS);
              assertThat(g.scope()).isEqualTo(ProbeTimeouts.SCOPE);
            });
  }

  /** Its pods fail still, so that no pattern is found and every namespace is looked at. */
  @Test
  void readingThatIsStoppedIsAGap() throws IOException {
    api.with("events", timeout("shop", "web-0", "node-0"));
    for (int i = 0; i < 200; i++) {
      api.with("events", timeout("busy-" + i, "slow-x7k2p", "node-0"));
      api.with("pods", notReady("busy-" + i, "slow-x7k2p"));
    }
    assertThat(collect().gaps())
        .anySatisfy(
            g -> {
              assertThat(g.cause()).isEqualTo(Gap.Cause.TRUNCATED);
              assertThat(g.detail()).contains("stopped");
            });
  }

  private static String notReady(String namespace, String name) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: %s}
    spec: {nodeName: node-0, containers: [{name: api}]}
    status: {phase: Running, conditions: [{type: Ready, status: "False"}]}
    """
        .formatted(name, namespace);
  }

  private ClusterView collect() {
    Limits limits = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 8, 100);
    Config config = new ConfigBuilder(Config.empty()).withMasterUrl(api.url()).build();
    ClusterSource east =
        new ClusterSource("east", Kubeconfigs.bounded(config, limits), List.of(), List.of());
    Clock clock = Clock.fixed(Instant.parse(Shop.NOW), ZoneOffset.UTC);
    try (LiveCollector collector =
        new LiveCollector(List.of(east), Optional.of("east"), limits, clock)) {
      return collector
          .collect(
              new Ask(
                  TargetParser.parse("shop/web").orElseThrow(),
                  "east",
                  Optional.empty(),
                  Optional.empty()))
          .cluster("east")
          .orElseThrow();
    }
  }

  private static String timeout(String namespace, String pod, String node) {
    return """
    apiVersion: v1
    kind: Event
    metadata: {name: %2$s.1, namespace: %1$s}
    involvedObject: {kind: Pod, name: %2$s, namespace: %1$s}
    reason: Unhealthy
    message: 'Readiness probe failed: Get "http://10.1.2.3:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
    count: 2
    lastTimestamp: '%4$s'
    source: {component: kubelet, host: %3$s}
    """
        .formatted(namespace, pod, node, Shop.NOW);
  }

  private static String reader(String name, String node) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: upstream-nodes, labels: {app.kubernetes.io/name: upstream-node-facts}}
    spec: {nodeName: %s, containers: [{name: node-facts}]}
    status: {phase: Running}
    """
        .formatted(name, node);
  }
}

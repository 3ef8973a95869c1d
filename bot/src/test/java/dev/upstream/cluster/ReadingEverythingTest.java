package dev.upstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.path.Ask;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.target.Target;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A question about everything asks the API server for each thing once. */
class ReadingEverythingTest {
  private static final String BILL =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: bill, namespace: pay, uid: s2, creationTimestamp: "2026-11-01T00:00:00Z"}
      spec:
        clusterIP: 10.96.0.11
        selector: {app: bill}
        ports: [{name: http, port: 80, targetPort: 8080}]
      """;

  private FakeApi api;

  @BeforeEach
  void start() throws IOException {
    api = Shop.healthy().with("services", BILL);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Snapshot collect(Optional<String> namespace) {
    Limits limits = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 8, 100);
    Config config = new ConfigBuilder(Config.empty()).withMasterUrl(api.url()).build();
    ClusterSource east =
        new ClusterSource(
            "east", Kubeconfigs.bounded(config, limits), List.of("istio-system"), List.of());
    try (LiveCollector collector =
        new LiveCollector(
            List.of(east),
            Optional.of("east"),
            limits,
            Clock.fixed(Instant.parse(Shop.NOW), ZoneOffset.UTC))) {
      return collector.collect(
          new Ask(new Target.Everything(namespace), "east", Optional.empty(), namespace));
    }
  }

  private List<String> slices() {
    return api.asked().stream().filter(p -> p.contains("/endpointslices")).toList();
  }

  @Test
  void whatStandsBehindEveryServiceIsRead() {
    Snapshot snapshot = collect(Optional.empty());
    assertThat(slices())
        .anySatisfy(p -> assertThat(p).contains("/namespaces/shop/"))
        .anySatisfy(p -> assertThat(p).contains("/namespaces/pay/"))
        .hasSize(2);
    assertThat(snapshot.cluster("east").orElseThrow().complete(Kind.POD, "pay")).isTrue();
    assertThat(api.asked()).doesNotHaveDuplicates();
  }

  @Test
  void ofOneNamespaceOnlyThat() {
    collect(Optional.of("pay"));
    assertThat(slices()).singleElement().asString().contains("/namespaces/pay/");
    assertThat(api.asked()).noneMatch(p -> p.startsWith("/api/v1/namespaces/shop/"));
  }
}

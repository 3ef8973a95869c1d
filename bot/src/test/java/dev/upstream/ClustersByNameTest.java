package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.answer.Collector;
import dev.upstream.answer.CombinedCollector;
import dev.upstream.cli.Cli;
import dev.upstream.cluster.FakeApi;
import dev.upstream.cluster.InCluster;
import dev.upstream.cluster.Kubeconfigs;
import dev.upstream.cluster.Limits;
import dev.upstream.cluster.Shop;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.path.Ask;
import dev.upstream.snapshot.Snapshot;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name means a cluster of upstream.yml, else a context of the kubeconfig (PRODUCT.md 9). */
class ClustersByNameTest {
  @TempDir Path folder;
  private FakeApi api;
  private FakeApi empty;

  @BeforeEach
  void start() throws IOException {
    api = Shop.healthy();
    empty = new FakeApi().with("services");
  }

  @AfterEach
  void stop() {
    api.close();
    empty.close();
  }

  /** Contexts east, where the shop is, and west, which is empty and current. */
  private Path kubeconfig() throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: west
        clusters:
          - {name: c-east, cluster: {server: "%s"}}
          - {name: c-west, cluster: {server: "%s"}}
        users: [{name: u, user: {}}]
        contexts:
          - {name: east, context: {cluster: c-east, user: u}}
          - {name: west, context: {cluster: c-west, user: u}}
        """
            .formatted(api.url(), empty.url()));
  }

  private Path config(String text) throws IOException {
    return Files.writeString(folder.resolve("upstream.yml"), text);
  }

  private static void answersFrom(String cluster, CliRun run) throws IOException {
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.document().get("path").get(0).get("cluster").asText()).isEqualTo(cluster);
  }

  @Test
  void a_context_beside_the_settings() throws IOException {
    Path settings = config("clusters: [{name: local}]\n");
    answersFrom(
        "east",
        CliRun.of(
            "check",
            "shop/web",
            "--cluster",
            "east",
            "--config",
            settings,
            "--kubeconfig",
            kubeconfig(),
            "-o",
            "json"));
  }

  @Test
  void a_cluster_of_the_settings_wins_over_a_context_of_its_name() throws IOException {
    Path settings = config("clusters: [{name: west, context: east}]\n");
    answersFrom(
        "west",
        CliRun.of(
            "check",
            "shop/web",
            "--cluster",
            "west",
            "--config",
            settings,
            "--kubeconfig",
            kubeconfig(),
            "-o",
            "json"));
  }

  @Test
  void a_context_without_settings() throws IOException {
    answersFrom(
        "east",
        CliRun.of(
            "check", "shop/web", "--cluster", "east", "--kubeconfig", kubeconfig(), "-o", "json"));
  }

  @Test
  void neither() throws IOException {
    Path settings = config("clusters: [{name: local}]\n");
    CliRun run =
        CliRun.of(
            "check",
            "shop/web",
            "--cluster",
            "north",
            "--config",
            settings,
            "--kubeconfig",
            kubeconfig());
    assertThat(run.status()).isEqualTo(Cli.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("There is no cluster \"north\"");
  }

  @Test
  void each_cluster_has_caps_of_its_own() throws IOException {
    Path settings =
        config(
            """
            clusters:
              - {name: a, context: east, caps: {parallelRequests: 2}}
              - {name: b, context: west, caps: {parallelRequests: 16}}
              - {name: c, context: west}
            """);
    assertThat(
            ConfiguredClusters.read(
                    UpstreamConfig.read(settings), Optional.of(kubeconfig()), List.of("east"))
                .live())
        .extracting(s -> s.name() + " " + s.limits().map(Limits::concurrency).orElse(0))
        .containsExactly("a 2", "b 16", "c 8", "east 0");
  }

  private Path recording(String... clusters) throws IOException {
    Path bundle = Files.createDirectories(folder.resolve("recording"));
    StringBuilder gaps = new StringBuilder("capturedAt: 2026-11-21T10:16:00Z\ngaps:\n");
    for (String cluster : clusters) {
      Path resources =
          Files.createDirectories(bundle.resolve("clusters/" + cluster + "/resources"));
      Files.writeString(
          resources.resolve("a.yaml"),
          """
          apiVersion: v1
          kind: Service
          metadata: {name: %s, namespace: shop, uid: s, creationTimestamp: "2026-11-01T08:00:00Z"}
          spec: {selector: {app: web}, ports: [{port: 80}]}
          """
              .formatted(cluster));
      gaps.append("  - {cluster: ")
          .append(cluster)
          .append(
              ", source: objects, scope: pods in shop, cause: FORBIDDEN, detail: No., remedy:"
                  + " Allow.}\n");
    }
    Files.writeString(bundle.resolve("bundle.yaml"), gaps);
    return bundle;
  }

  @Test
  void a_recording_of_several_clusters_is_asked_by_name() throws IOException {
    recording("east", "west");
    Path settings = config("clusters: [{name: west, bundle: recording}]\n");
    CliRun run = CliRun.of("check", "shop/west", "--config", settings, "-o", "json");
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.document().get("path").get(0).get("cluster").asText()).isEqualTo("west");
  }

  @Test
  void a_recording_of_several_clusters_of_other_names_is_refused() throws IOException {
    recording("east", "west");
    Path settings = config("clusters: [{name: prod, bundle: recording}]\n");
    CliRun run = CliRun.of("check", "shop/west", "--config", settings);
    assertThat(run.status()).isEqualTo(Cli.USAGE);
    assertThat(run.err()).contains("holds the clusters east, west").contains("named prod");
  }

  @Test
  void the_gaps_of_a_recording_are_of_the_cluster_by_its_new_name() throws IOException {
    recording("east");
    Path settings = config("clusters: [{name: prod, bundle: recording}]\n");
    JsonNode gaps =
        CliRun.of("check", "shop/east", "--config", settings, "-o", "json")
            .document()
            .get("notChecked");
    assertThat(gaps).isNotEmpty().allMatch(g -> g.get("cluster").asText().equals("prod"));
  }

  @Test
  void a_pod_uses_its_service_account_and_no_kubeconfig() throws IOException {
    Files.writeString(folder.resolve("token"), "first\n");
    Config config =
        InCluster.config(
                Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443"),
                folder)
            .map(c -> Kubeconfigs.bounded(c, Limits.DEFAULT))
            .orElseThrow();
    Files.writeString(folder.resolve("token"), "renewed\n");

    assertThat(config.getMasterUrl()).isEqualTo("https://[fd00::1]:443/");
    assertThat(config.getCaCertFile()).isEqualTo(folder.resolve("ca.crt").toString());
    assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("renewed");
    assertThat(config.getCurrentContext()).isNull();
    assertThat(InCluster.config(Map.of(), folder)).isEmpty();
  }

  @Test
  void clusters_side_by_side_are_all_closed() {
    List<String> closed = new ArrayList<>();
    new CombinedCollector(List.of(named("a", closed), named("b", closed)), Optional.empty())
        .close();
    assertThat(closed).containsExactly("a", "b");
  }

  @Test
  void several_clusters_are_no_one_bundle() throws IOException {
    for (String[] command :
        new String[][] {{"capture", "shop/web", "-o"}, {"check", "shop/web", "--save"}}) {
      Path saved = folder.resolve("saved.tgz");
      CliRun run =
          CliRun.of(
              command[0],
              command[1],
              command[2],
              saved,
              "--cluster",
              "east",
              "--cluster",
              "west",
              "--kubeconfig",
              kubeconfig());
      assertThat(run.status()).isEqualTo(Cli.USAGE);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("name one --cluster");
      assertThat(saved).doesNotExist();
    }
  }

  private static Collector named(String name, List<String> closed) {
    return new Collector() {
      @Override
      public List<String> clusters() {
        return List.of(name);
      }

      @Override
      public Optional<String> defaultCluster() {
        return Optional.empty();
      }

      @Override
      public Snapshot collect(Ask ask) {
        return Snapshot.of(Instant.EPOCH, List.of());
      }

      @Override
      public void close() {
        closed.add(name);
      }
    };
  }
}

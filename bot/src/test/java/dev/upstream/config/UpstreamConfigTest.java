package dev.upstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What upstream.yml may say, and how wrong settings are refused. */
class UpstreamConfigTest {
  private static final Path SHIPPED = Path.of("..", "config", "upstream.yml");

  @TempDir private Path directory;

  @Test
  void everyKeyIsRead() throws IOException {
    Files.createDirectory(directory.resolve("recording"));
    Files.writeString(directory.resolve("kube"), "apiVersion: v1");
    UpstreamConfig config =
        read(
            """
            clusters:
              - name: east
                kubeconfig: kube
                context: admin@east
                reachedBy: [shop.example.com, "*.example.net", 10.20.0.0/16, "fd00::/8"]
                istiodNamespaces: [istio-system, istio-canary]
                caps: {parallelRequests: 2, parallelChecks: 1}
              - name: west
                inCluster: true
              - name: old
                bundle: recording
            default: west
            slack:
              mode: http
              baseUrl: http://127.0.0.1:3900/api
              zone: Europe/Madrid
              parallelChecks: 3
              openChecks: 70
            collect:
              deadline: 1m
              requestTimeout: 900ms
              logLines: 50
            store:
              url: jdbc:h2:file:kept/upstream
              keepDays: 7
            port: 9000
            """);

    Path here = directory.toAbsolutePath();
    assertThat(config)
        .isEqualTo(
            new UpstreamConfig(
                List.of(
                    new ClusterSettings(
                        "east",
                        new ClusterSource.Kubeconfig(
                            Optional.of(here.resolve("kube")), Optional.of("admin@east")),
                        List.of("shop.example.com", "*.example.net", "10.20.0.0/16", "fd00::/8"),
                        List.of("istio-system", "istio-canary"),
                        new Caps(2, 1)),
                    new ClusterSettings(
                        "west",
                        new ClusterSource.InCluster(),
                        List.of(),
                        List.of("istio-system"),
                        Caps.USUAL),
                    new ClusterSettings(
                        "old",
                        new ClusterSource.Recording(here.resolve("recording")),
                        List.of(),
                        List.of("istio-system"),
                        Caps.USUAL)),
                Optional.of("west"),
                new SlackSettings(
                    SlackMode.HTTP,
                    URI.create("http://127.0.0.1:3900/api/"),
                    ZoneId.of("Europe/Madrid"),
                    3,
                    70),
                new CollectSettings(Duration.ofMinutes(1), Duration.ofMillis(900), 50),
                new StoreSettings(
                    "jdbc:h2:file:" + here.resolve("kept/upstream"), Duration.ofDays(7)),
                9000));
  }

  @Test
  void theShippedFileIsValidAndItsCommentedDefaultsAreTheRealOnes() throws IOException {
    UpstreamConfig shipped = read(Files.readString(SHIPPED));
    UpstreamConfig uncommented =
        read(Files.readString(SHIPPED).replaceAll("(?m)^( *)#(?=\\S|  \\w+: \\d)", "$1"));

    assertThat(shipped.clusters()).hasSize(1);
    assertThat(uncommented).isEqualTo(shipped);
    assertThat(Files.readString(SHIPPED).lines().filter(l -> l.matches(" *#\\w+:.*"))).hasSize(14);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prot: 1 | line 1, prot: is no setting; did you mean port?",
        "colour: red | line 1, colour: is no setting; known: clusters, default, slack, collect,",
        "port: 70000 | line 1, port: \"70000\" is not a whole number from 0 to 65535.",
        "port: [1] | line 1, port: should be one value.",
        "clusters: [] | line 1, clusters: name at least one cluster.",
        "clusters: east | line 1, clusters: should be a list.",
        "clusters: [east] | line 1, clusters[0]: should hold keys and values",
        "clusters: [{context: x}] | line 1, clusters[0]: every cluster needs a name.",
        "clusters: [{name: all}] | line 1, clusters[0].name: \"all\" means every cluster",
        "clusters: [{name: a b}] | line 1, clusters[0].name: \"a b\" is not a name of letters",
        "`clusters: [{name: a}, {name: a}]` | clusters[1].name: \"a\" is the name of another",
        "`clusters: [{name: a, name: b}]` | line 1, clusters[0].name: is set twice",
        "`clusters: [{name: a, contxt: b}]` | clusters[0].contxt: is no setting; did you mean"
            + " context?",
        "`clusters: [{name: a, context: b, inCluster: true}]` | clusters[0]: is read from one"
            + " place",
        "`clusters: [{name: a, inCluster: yes please}]` | \"yes please\" is not true or false.",
        "`clusters: [{name: a, bundle: nowhere}]` | clusters[0].bundle: there is nothing to read"
            + " at",
        "`clusters: [{name: a, reachedBy: [10.0.0.0/64]}]` | \"10.0.0.0/64\" is not a host or a"
            + " CIDR",
        "`clusters: [{name: a, reachedBy: [Not Host]}]` | \"Not Host\" is not a host or a CIDR",
        "`clusters: [{name: a, caps: {parallelRequests: 0}}]` | clusters[0].caps.parallelRequests:"
            + " \"0\" is",
        "`default: west\n"
            + "clusters: [{name: a}]` | line 1, default: \"west\" is not a cluster of this file:"
            + " a.",
        "`clusters: [{name: a}]\n"
            + "slack: {mode: sockets}` | line 2, slack.mode: \"sockets\" is not",
        "`clusters: [{name: a}]\n"
            + "slack: {baseUrl: \"http://evil.example/api\"}` | line 2, slack.baseUrl:",
        "`clusters: [{name: a}]\n"
            + "slack: {zone: Moon}` | line 2, slack.zone: \"Moon\" is not a time zone",
        "`clusters: [{name: a}]\n"
            + "collect:\n"
            + "  deadline: 3h` | line 3, collect.deadline: \"3h\" is not a time",
        "`clusters: [{name: a}]\n"
            + "collect:\n"
            + "  logLines: 1e9` | line 3, collect.logLines: \"1e9\" is not",
        "`clusters: [{name: a}]\n"
            + "store: {url: \"jdbc:h2:mem:x\"}` | line 2, store.url: \"jdbc:h2:mem:x\" is not"
            + " jdbc:h2:file:PATH, or",
        "`clusters: [{name: a}]\n"
            + "store: {url: \"jdbc:h2:file:x;INIT=RUNSCRIPT FROM 'x'\"}` | line 2, store.url:",
        "`clusters: [{name: a}]\n"
            + "store: {url: \"jdbc:postgresql://db/up?ssl=true&user=me\"}` | line 2, store.url:",
        "`clusters: [{name: a}]\n"
            + "store: {keepDays: 0}` | line 2, store.keepDays: \"0\" is not a whole number",
        "`clusters: [\n` | is no YAML: expected the node content",
        "`- a` | line 1: should hold keys and values",
      })
  void wrongSettingsAreRefusedByFileLineAndKey(String yaml, String expected) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(BadConfig.class)
        .hasMessageStartingWith(directory.resolve("upstream.yml").toString())
        .hasMessageContaining(expected);
  }

  @Test
  void aSecretInTheFileIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> read("slack: {botToken: xoxb-1234567890-secret}"))
        .hasMessageContaining("line 1, slack.botToken: secrets are never read from this file")
        .hasMessageNotContaining("1234567890");
    assertThatThrownBy(() -> read("slack: {baseUrl: \"https://me:hunter2@slack.com/api/\"}"))
        .isInstanceOf(BadConfig.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aPasswordInTheStoresAddressIsRefusedAndNotRepeated() {
    for (String url :
        List.of(
            "jdbc:postgresql://me:hunter2@db/upstream",
            "jdbc:postgresql://db/upstream?password=hunter2",
            "jdbc:postgresql://db/upstream?ssl=true&password=hunter2")) {
      assertThatThrownBy(() -> read("clusters: [{name: a}]\nstore: {url: \"" + url + "\"}"))
          .hasMessageContaining("line 2, store.url: ")
          .hasMessageContaining("UPSTREAM_STORE_PASSWORD")
          .hasMessageNotContaining("hunter2");
    }
    assertThatThrownBy(() -> read("store: {password: hunter2}"))
        .hasMessageContaining("line 1, store.password: secrets are never read from this file")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void theStoreIsAPostgresqlOrAFileBesideTheSettings() throws IOException {
    String url = "jdbc:postgresql://db-1.example.com:5432,db-2:5432/upstream?sslmode=verify-full";
    assertThat(read("clusters: [{name: a}]\nstore: {url: \"" + url + "\"}").store())
        .isEqualTo(new StoreSettings(url, Duration.ofDays(30)));
    assertThat(read("clusters: [{name: a}]").store())
        .isEqualTo(StoreSettings.in(directory.resolveSibling("data")));
  }

  @Test
  void anEmptyAndAMissingFileSayWhatToDo() {
    assertThatThrownBy(() -> read("# nothing\n"))
        .hasMessageContaining("is empty: name at least one cluster");
    assertThatThrownBy(() -> UpstreamConfig.read(directory.resolve("none.yml")))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("There is no ")
        .hasMessageContaining("--config");
  }

  private UpstreamConfig read(String yaml) throws IOException {
    Path file = directory.resolve("upstream.yml");
    Files.writeString(file, yaml);
    return UpstreamConfig.read(file);
  }
}

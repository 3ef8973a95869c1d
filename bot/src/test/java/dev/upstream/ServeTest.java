package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.workspace.OwnManifest;
import dev.upstream.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code upstream serve}, from its settings file to an answer. */
class ServeTest {
  private static final Map<String, String> SECRETS =
      Map.of("SLACK_BOT_TOKEN", Bot.TOKEN, "SLACK_SIGNING_SECRET", Bot.SIGNING);
  private static final Path RECORDING =
      Path.of("src/test/resources/scenarios/scaled-to-zero/subset-at-zero/cluster")
          .toAbsolutePath();

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  @TempDir private Path directory;

  private int serve(String settings, Map<String, String> environment) throws IOException {
    Path file = directory.resolve("upstream.yml");
    Files.writeString(file, settings);
    Files.writeString(
        directory.resolve("policy.yml"),
        """
        read:
          - clusters: ["*"]
            namespaces: ["*"]
            who: everyone
        """);
    return Service.serve(file, environment, new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  private static String settings(URI api, int port) {
    return """
    clusters:
      - name: east
        bundle: %s
    default: east
    slack:
      mode: http
      baseUrl: %s
    store:
      url: jdbc:h2:file:store/upstream
    port: %d
    """
        .formatted(RECORDING, api, port);
  }

  @Test
  void aRecordedClusterIsServed() throws Exception {
    int port = freePort();
    try (Workspace workspace = workspace(Bot.TOKEN)) {
      String settings = settings(workspace.apiUrl(), port);
      CompletableFuture<Integer> status = new CompletableFuture<>();
      Thread service =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      status.complete(serve(settings, SECRETS));
                    } catch (IOException e) {
                      status.completeExceptionally(e);
                    }
                  });
      URI events = URI.create("http://127.0.0.1:" + port + "/slack/events");
      Bot.eventually()
          .until(
              () ->
                  workspace
                          .command(
                              events, Bot.ANA, Bot.INCIDENTS, "/upstream", "check shop.example.com")
                          .status()
                      == 200);
      Bot.eventually()
          .until(() -> workspace.transcript(Bot.INCIDENTS).contains("Looked for, and not found"));
      service.interrupt();

      assertThat(status.get()).isZero();
      assertThat(workspace.transcript(Bot.INCIDENTS))
          .contains("95 % of requests to shop.example.com fail with 503")
          .contains("in cluster `east`");
      assertThat(workspace.violations()).isEmpty();
      assertThat(said()).isEmpty();
    }
  }

  @Test
  void whatIsWrongStopsTheStartWithASentence() throws IOException {
    assertThat(serve("port: x", SECRETS)).isEqualTo(64);
    assertThat(said()).contains("line 1, port: \"x\" is not a whole number").hasLineCount(1);
    errors.reset();
    assertThat(serve("clusters: [{name: east}]", Map.of())).isEqualTo(64);
    assertThat(said()).contains("SLACK_BOT_TOKEN is not set").hasLineCount(1);
    errors.reset();
    try (Workspace workspace = workspace("xoxb-another-token-of-another-app")) {
      assertThat(serve(settings(workspace.apiUrl(), freePort()), SECRETS)).isEqualTo(64);
      assertThat(said())
          .contains("Slack refuses SLACK_BOT_TOKEN (invalid_auth): install the app again.")
          .doesNotContain(Bot.TOKEN)
          .hasLineCount(1);
      assertThat(workspace.violations()).isEmpty();
    }
  }

  /** Each is found only when its part of the service is made. */
  @Test
  void whatAnOperatorCanPutRightIsNoBug() throws IOException {
    try (Workspace workspace = workspace(Bot.TOKEN)) {
      String settings = settings(workspace.apiUrl(), freePort());
      Path kubeconfig =
          Files.writeString(
              directory.resolve("kubeconfig"),
              """
              apiVersion: v1
              kind: Config
              current-context: lab
              contexts: [{name: lab, context: {cluster: lab, user: lab}}]
              clusters: [{name: lab, cluster: {server: "http://127.0.0.1:1"}}]
              users: [{name: lab, user: {}}]
              """);
      stops(
          settings.replaceFirst(
              "bundle: .*", "kubeconfig: " + kubeconfig + "\n    context: nowhere"),
          "The kubeconfig " + kubeconfig + " holds no context \"nowhere\".");
      stops(
          settings.replaceFirst("bundle: .*", "bundle: " + kubeconfig.resolveSibling("none.tgz")),
          "none.tgz");
      Path store = Files.createDirectories(directory.resolve("store"));
      try (FileChannel file =
              FileChannel.open(
                  store.resolve("upstream.mv.db"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = file.lock()) {
        assertThat(lock.isValid()).isTrue();
        stops(settings, "The store can't be opened: another process has its file open");
      }
      Path plain = Files.writeString(directory.resolve("file"), "");
      stops(
          settings.replaceFirst("url: jdbc:h2:file:.*", "url: jdbc:h2:file:" + plain + "/x/store"),
          "The store can't be opened: nothing can be written to " + plain + "/x");
      try (ServerSocket taken = new ServerSocket(0)) {
        stops(
            settings(workspace.apiUrl(), taken.getLocalPort())
                .replace("store/upstream", "store/other"),
            "Another program has port " + taken.getLocalPort());
      }
      assertThat(workspace.violations()).isEmpty();
    }
  }

  private void stops(String settings, String why) throws IOException {
    errors.reset();
    assertThat(serve(settings, SECRETS)).as(settings).isEqualTo(64);
    assertThat(said()).startsWith("upstream: ").contains(why).hasLineCount(1);
  }

  private static Workspace workspace(String token) throws IOException {
    Workspace workspace = Workspace.open("upstream", token, Bot.SIGNING, InstantSource.system());
    workspace.patience(Bot.SLOW_MACHINE);
    workspace.register(OwnManifest.read());
    workspace.addChannel(Bot.INCIDENTS, Bot.ANA);
    workspace.inviteBot(Bot.INCIDENTS);
    return workspace;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.workspace.Disturbance;
import dev.upstream.workspace.Faults;
import dev.upstream.workspace.OwnManifest;
import dev.upstream.workspace.Person;
import dev.upstream.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Slack is away, or does not like a token, when {@code upstream serve} begins with Socket Mode. */
@WholeLog
class SocketStartTest {
  private static final String TRYING = "No socket to Slack (";
  private static final Path RECORDING =
      Path.of("src/test/resources/scenarios/scaled-to-zero/subset-at-zero/cluster")
          .toAbsolutePath();

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();
  private final Logged log = Logged.listen();
  private int port;
  private Workspace workspace;
  private Thread service = Thread.ofPlatform().unstarted(() -> {});
  @TempDir private Path directory;

  @BeforeEach
  void open() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    workspace = Workspace.open("upstream", Bot.TOKEN, Bot.SIGNING, InstantSource.system());
    workspace.patience(Bot.SLOW_MACHINE);
    workspace.register(OwnManifest.read());
    workspace.addChannel(Bot.INCIDENTS, Bot.ANA);
    workspace.inviteBot(Bot.INCIDENTS);
    workspace.deliver(dev.upstream.workspace.Delivery.sockets());
    Files.writeString(
        directory.resolve("policy.yml"),
        """
        read:
          - clusters: ["*"]
            namespaces: ["*"]
            who: everyone
        """);
    Files.writeString(
        directory.resolve("upstream.yml"),
        """
        clusters:
          - name: east
            bundle: %s
        slack:
          mode: socket
          baseUrl: %s
        store:
          url: jdbc:h2:file:%s
        port: %d
        """
            .formatted(RECORDING, workspace.apiUrl(), directory.resolve("store"), port));
  }

  @AfterEach
  void nothingWrongWasSentOrLogged() throws Exception {
    service.interrupt();
    service.join();
    workspace.close();
    log.close();
    assertThat(workspace.violations()).isEmpty();
    assertThat(log.text())
        .doesNotContain(Bot.TOKEN)
        .doesNotContain("xapp-")
        .doesNotContain("ticket=");
  }

  private void serve(String appToken) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SLACK_BOT_TOKEN", Bot.TOKEN);
    environment.put("SLACK_APP_TOKEN", appToken);
    service =
        Thread.ofPlatform()
            .start(
                () ->
                    status.complete(
                        Service.serve(
                            directory.resolve("upstream.yml"),
                            environment,
                            new PrintStream(errors, true, StandardCharsets.UTF_8))));
  }

  private String said() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  private int times(String words) {
    return log.text().split(java.util.regex.Pattern.quote(words), -1).length - 1;
  }

  private int knocked() throws IOException, InterruptedException {
    HttpRequest unsigned =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/slack/events"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("command=%2Fupstream"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(unsigned, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static Stream<Named<Consumer<Faults>>> awayInEveryWay() {
    return Stream.of(
        Named.of("nobody listens", Faults::outage),
        Named.of("HTTP 500", f -> f.always("*", new Disturbance.ServerError())),
        Named.of("HTTP 429", f -> f.always("*", new Disturbance.RateLimited(1))),
        Named.of("no answer", f -> f.always("*", new Disturbance.LostRequest())),
        Named.of("an error", f -> f.always("*", new Disturbance.Refused("internal_error"))));
  }

  @ParameterizedTest
  @MethodSource("awayInEveryWay")
  void whileSlackIsAwayTheServiceGoesOnTrying(Consumer<Faults> trouble) throws Exception {
    trouble.accept(workspace.faults());
    serve(Workspace.APP_TOKEN);
    Bot.eventually().until(() -> times(TRYING) == 2);
    assertThat(log.text()).contains("next try in 1 s").contains("next try in 2 s");
    assertThat(status).isNotDone();
    assertThat(knocked()).isEqualTo(401);
    workspace.faults().calm();

    Bot.eventually().until(() -> workspace.sockets() == 1);
    Person ana = workspace.person(Bot.ANA);
    assertThat(ana.types(Bot.INCIDENTS, "/upstream", "check shop.example.com").status())
        .isEqualTo(200);
    Bot.eventually()
        .until(() -> workspace.transcript(Bot.INCIDENTS).contains("Looked for, and not found"));
    service.interrupt();
    assertThat(status.get()).isZero();
    assertThat(said()).isEmpty();
  }

  @Test
  void anAppTokenThatSlackDoesNotKnowEndsIt() throws Exception {
    serve("xapp-1-A0OTHER-1-fedcba9876543210");
    assertThat(status.get()).isEqualTo(64);
    assertThat(said())
        .isEqualTo(
            "Slack refuses SLACK_APP_TOKEN (invalid_auth): it has to be an app-level token with"
                + " connections:write, of an app with Socket Mode on.\n");
  }

  @Test
  void anAppTokenThatTurnsOutWrongAfterAnOutageEndsItToo() throws Exception {
    workspace.faults().outage();
    serve(Workspace.APP_TOKEN);
    Bot.eventually().until(() -> times(TRYING) == 1);
    workspace.faults().calm();
    workspace
        .faults()
        .always("apps.connections.open", new Disturbance.Refused("not_allowed_token_type"));
    assertThat(status.get()).isEqualTo(64);
    assertThat(said()).contains("Slack refuses SLACK_APP_TOKEN (not_allowed_token_type)");
  }

  /** What waits for Slack can still be said, and somebody may bring the token back to life. */
  @Test
  void anAppTokenThatEndsLaterIsAnErrorInTheLog() {
    serve(Workspace.APP_TOKEN);
    Person ana = workspace.person(Bot.ANA);
    Bot.eventually().until(() -> ana.types(Bot.INCIDENTS, "/upstream", "help").status() == 200);
    workspace.faults().always("apps.connections.open", new Disturbance.Refused("token_revoked"));
    workspace.dropSockets();
    Bot.eventually()
        .until(
            () ->
                log.errors().stream()
                    .anyMatch(e -> e.startsWith("Slack refuses SLACK_APP_TOKEN (token_revoked)")));
    assertThat(status).isNotDone();
    workspace.faults().calm();
    Bot.eventually().until(() -> workspace.sockets() == 1);
  }

  @Test
  void aBotTokenThatTurnsOutHopelessAfterAnOutageIsAnErrorInTheLog() {
    workspace.faults().outage();
    serve(Workspace.APP_TOKEN);
    Bot.eventually().until(() -> times(TRYING) == 1);
    workspace.revokeToken();
    workspace.faults().calm();
    Bot.eventually().until(() -> workspace.sockets() == 1);
    workspace.person(Bot.ANA).types(Bot.INCIDENTS, "/upstream", "check shop.example.com");
    Bot.eventually()
        .until(() -> log.errors().stream().anyMatch(e -> e.contains("(token_revoked)")));
    assertThat(status).isNotDone();
  }
}

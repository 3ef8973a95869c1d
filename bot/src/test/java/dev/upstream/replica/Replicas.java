package dev.upstream.replica;

import dev.upstream.store.Store;
import dev.upstream.store.TestDatabase;
import dev.upstream.workspace.Ack;
import dev.upstream.workspace.Delivery;
import dev.upstream.workspace.OwnManifest;
import dev.upstream.workspace.Workspace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Replicas on one PostgreSQL, beside a workspace that brings its commands to them in turn. */
final class Replicas implements AutoCloseable {
  static final List<String> PEOPLE = List.of("ana", "ben", "cleo", "dan", "eva");
  static final List<String> CHANNELS =
      IntStream.range(0, 10).mapToObj(i -> "channel-" + i).toList();

  static final List<String> WITHOUT_BOT =
      IntStream.range(0, 10).mapToObj(i -> "without-bot-" + i).toList();

  /** As Slack's, but shorter: until then a killed replica is back. */
  private static final Duration[] WAITS = {
    Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(20)
  };

  /** How long a replica that has just begun may take for an acknowledgement. */
  private static final Duration COLD = Duration.ofSeconds(30);

  /** How often an event is told again. */
  static final int RETRIES = WAITS.length;

  private static final String TOKEN = "xoxb-0123456789-abcdefghij";
  private static final String SIGNING = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SLACK_BOT_TOKEN",
          TOKEN,
          "SLACK_SIGNING_SECRET",
          SIGNING,
          "UPSTREAM_STORE_USER",
          "postgres",
          "UPSTREAM_STORE_PASSWORD",
          "postgres");

  final Workspace workspace;
  private final TestDatabase database;
  private final List<Replica> all;

  private Replicas(Workspace workspace, TestDatabase database, List<Replica> all) {
    this.workspace = workspace;
    this.database = database;
    this.all = List.copyOf(all);
  }

  /** Starts so many at once, on tables that are not there yet; Slack's rate limits hold. */
  static Replicas start(int count, Path directory) throws IOException {
    Workspace workspace = Workspace.open("upstream", TOKEN, SIGNING, InstantSource.system());
    for (String channel : CHANNELS) {
      workspace.addChannel(channel, PEOPLE.toArray(String[]::new));
      workspace.inviteBot(channel);
    }
    for (String channel : WITHOUT_BOT) {
      workspace.addChannel(channel, PEOPLE.toArray(String[]::new));
    }
    workspace.patience(COLD);
    workspace.register(OwnManifest.read());
    workspace.retryEvents(Duration.ofSeconds(3), WAITS);
    TestDatabase database = TestDatabase.of(TestDatabase.Engine.POSTGRESQL, directory);
    Path recording = TwentyServices.into(directory);
    List<Replica> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path own = Files.createDirectories(directory.resolve("replica-" + i));
      int port = freePort();
      Files.writeString(
          own.resolve("upstream.yml"), settings(recording, workspace, database, port));
      Files.writeString(
          own.resolve("policy.yml"),
          """
          read:
            - clusters: ["*"]
              namespaces: ["*"]
              who: everyone
          """);
      all.add(new Replica(own, port, ENVIRONMENT));
    }
    Replicas replicas = new Replicas(workspace, database, all);
    workspace.deliver(Delivery.http(all.stream().map(Replica::events).toArray(URI[]::new)));
    for (Replica replica : all) {
      replica.start();
    }
    all.forEach(Replica::awaitReady);
    return replicas;
  }

  private static String settings(
      Path recording, Workspace workspace, TestDatabase database, int port) {
    return """
    clusters:
      - name: east
        bundle: %s
    default: east
    slack:
      mode: http
      baseUrl: %s
    store:
      url: %s
    port: %d
    """
        .formatted(recording, workspace.apiUrl(), database.urlWithoutUser(), port);
  }

  /** Below the ports that systems lend to clients, so that nobody takes it while it is away. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException taken) {
        continue;
      }
    }
  }

  Replica get(int number) {
    return all.get(number);
  }

  List<Replica> all() {
    return all;
  }

  /** Somebody types {@code /upstream check}. */
  Ack types(Typed.Asked asked) {
    return workspace
        .person(asked.person())
        .types(asked.channel(), "/upstream", "check " + asked.target());
  }

  /** One more hand on the same tables, from the outside. */
  Store store() {
    return database.open();
  }

  @Override
  public void close() {
    all.forEach(Replica::close);
    database.close();
    workspace.close();
  }
}

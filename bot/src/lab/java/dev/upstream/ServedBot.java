package dev.upstream;

import dev.upstream.config.PolicyFile;
import dev.upstream.config.SlackSecrets;
import dev.upstream.config.StoreAccess;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.workspace.Delivery;
import dev.upstream.workspace.Person;
import dev.upstream.workspace.Post;
import dev.upstream.workspace.Workspace;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The service as somebody sets it up, by its files, beside a workspace. */
final class ServedBot implements AutoCloseable {
  static final String CHANNEL = "incidents";

  final Workspace workspace;
  private final Path folder;
  private ApplicationContext running;

  private ServedBot(Workspace workspace, Path folder) throws IOException {
    this.workspace = workspace;
    this.folder = folder;
    this.running = started();
  }

  /**
   * Ana is in #incidents, and so is the bot.
   *
   * @param clusters the value of {@code clusters} in upstream.yml
   */
  static ServedBot over(String clusters) throws IOException {
    Workspace workspace =
        Workspace.open("upstream", Bot.TOKEN, Bot.SIGNING, InstantSource.system());
    workspace.patience(Bot.SLOW_MACHINE);
    workspace.register(dev.upstream.workspace.OwnManifest.read());
    workspace.addChannel(CHANNEL, Bot.ANA);
    workspace.inviteBot(CHANNEL);
    Path folder = Files.createTempDirectory("served-");
    Files.writeString(
        folder.resolve("upstream.yml"),
        """
        clusters: %s
        slack: {mode: http, baseUrl: "%s"}
        store: {url: "jdbc:h2:file:%s"}
        port: 0
        """
            .formatted(clusters, workspace.apiUrl(), folder.resolve("store")));
    Files.writeString(
        folder.resolve(PolicyFile.NAME),
        """
        read: [{name: everyone, clusters: ["*"], namespaces: ["*"], who: [everyone]}]
        """);
    return new ServedBot(workspace, folder);
  }

  private ApplicationContext started() throws IOException {
    Path file = folder.resolve("upstream.yml");
    UpstreamConfig config = UpstreamConfig.read(file);
    Map<String, String> environment =
        Map.of("SLACK_BOT_TOKEN", Bot.TOKEN, "SLACK_SIGNING_SECRET", Bot.SIGNING);
    ApplicationContext context =
        Service.context(
            config,
            SlackSecrets.from(environment, config.slack().mode()),
            StoreAccess.from(environment, config.store()),
            Rules.in(file.resolveSibling(PolicyFile.NAME), InstantSource.system()));
    context.start();
    workspace.deliver(Delivery.http(Service.open(context).getURI().resolve("/slack/events")));
    return context;
  }

  /** Ends it and starts it over the same files, which may have changed. */
  void restart() throws IOException {
    running.close();
    running = started();
  }

  Person ana() {
    return workspace.person(Bot.ANA);
  }

  List<Post> posts() {
    return workspace.posts(CHANNEL);
  }

  /** The newest message that stands in the channel itself and is the bot's. */
  Post headline() {
    return posts().stream()
        .filter(p -> p.thread().isEmpty() && p.author().equals("upstream"))
        .reduce((before, post) -> post)
        .orElseThrow(() -> new AssertionError("no headline:\n" + workspace.transcript(CHANNEL)));
  }

  @Override
  public void close() {
    running.close();
    workspace.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

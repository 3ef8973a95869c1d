package dev.upstream;

import dev.upstream.answer.ClusterStatus;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Directory;
import dev.upstream.config.SlackMode;
import dev.upstream.config.SlackSecrets;
import dev.upstream.config.SlackSettings;
import dev.upstream.config.StoreAccess;
import dev.upstream.config.StoreSettings;
import dev.upstream.config.UpstreamConfig;
import dev.upstream.policy.NamePattern;
import dev.upstream.policy.Policy;
import dev.upstream.policy.ReadRule;
import dev.upstream.policy.Who;
import dev.upstream.workspace.Ack;
import dev.upstream.workspace.Post;
import dev.upstream.workspace.SignedRequest;
import dev.upstream.workspace.Workspace;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The whole service beside a workspace, over real HTTP, with clusters from a test. */
final class Bot implements AutoCloseable {
  private static final Policy EVERYONE =
      new Policy(
          List.of(
              new ReadRule(
                  "",
                  1,
                  1,
                  List.of(NamePattern.ANY),
                  List.of(NamePattern.ANY),
                  Who.of(true, List.of(), List.of()))));

  static final String TOKEN = "xoxb-0123456789-abcdefghij";
  static final String SIGNING = "8f742231b10e8888abcd99yyyzzz85a5";
  static final String INCIDENTS = "incidents";
  static final String ANA = "ana";

  final Workspace workspace;
  private final ApplicationContext context;
  private final URI events;

  private Bot(Workspace workspace, ApplicationContext context, URI events) {
    this.workspace = workspace;
    this.context = context;
    this.events = events;
  }

  /** Ana is in #incidents, and so is the bot. */
  static Bot over(Collector collector) throws IOException {
    Workspace workspace = Workspace.open("upstream", TOKEN, SIGNING, InstantSource.system());
    workspace.addChannel(INCIDENTS, ANA);
    workspace.inviteBot(INCIDENTS);
    workspace.withoutRateLimits();
    UpstreamConfig config =
        new UpstreamConfig(
            List.of(),
            Optional.empty(),
            new SlackSettings(SlackMode.HTTP, workspace.apiUrl(), ZoneId.of("UTC"), 4),
            dev.upstream.config.CollectSettings.USUAL,
            StoreSettings.in(Files.createTempDirectory("bot")),
            0);
    SlackSecrets secrets =
        SlackSecrets.from(
            Map.of("SLACK_BOT_TOKEN", TOKEN, "SLACK_SIGNING_SECRET", SIGNING), SlackMode.HTTP);
    ApplicationContext context =
        Service.context(config, secrets, StoreAccess.from(Map.of(), config.store()), EVERYONE);
    context.registerSingleton(Collector.class, collector);
    context.registerSingleton(Directory.class, new Named(collector));
    context.start();
    URI events = Service.open(context).getURI().resolve("/slack/events");
    workspace.deliver(dev.upstream.workspace.Delivery.http(events));
    return new Bot(workspace, context, events);
  }

  Ack types(String text) {
    return typesIn(INCIDENTS, text);
  }

  Ack typesIn(String channel, String text) {
    return workspace.command(events, ANA, channel, "/upstream", text);
  }

  SignedRequest signed(String text) {
    return workspace.signed(ANA, INCIDENTS, "/upstream", text);
  }

  Ack send(SignedRequest request) {
    return workspace.send(events, request);
  }

  URI address(String path) {
    return events.resolve(path);
  }

  List<Post> posts() {
    return workspace.posts(INCIDENTS);
  }

  String transcript() {
    return workspace.transcript(INCIDENTS);
  }

  static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
  }

  @Override
  public void close() {
    context.close();
    workspace.close();
  }

  /** The clusters' names, and of each one namespace with one Service. */
  private record Named(Collector collector) implements Directory {
    @Override
    public List<String> clusters() {
      return collector.clusters();
    }

    @Override
    public List<String> namespaces(String cluster) {
      return List.of("shop");
    }

    @Override
    public List<String> services(String cluster, String namespace) {
      return List.of("web");
    }

    @Override
    public List<ClusterStatus> status() {
      return collector.clusters().stream()
          .map(
              c ->
                  new ClusterStatus(
                      c,
                      false,
                      true,
                      Optional.of("v1.36.3"),
                      List.of(),
                      List.of(),
                      Optional.empty(),
                      Optional.empty()))
          .toList();
    }
  }
}

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
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Wanted;
import dev.upstream.policy.NamePattern;
import dev.upstream.policy.Policy;
import dev.upstream.policy.ReadRule;
import dev.upstream.policy.Who;
import dev.upstream.slack.Socket;
import dev.upstream.store.Store;
import dev.upstream.workspace.Ack;
import dev.upstream.workspace.Delivery;
import dev.upstream.workspace.OpenView;
import dev.upstream.workspace.OwnManifest;
import dev.upstream.workspace.Person;
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
import java.util.concurrent.CopyOnWriteArrayList;
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

  /** A service that has just begun, among many tests, is slower than one that runs. */
  static final Duration SLOW_MACHINE = Duration.ofSeconds(30);

  final Workspace workspace;
  final MovedClock clock = new MovedClock();
  private final Setup setup;
  private final StoreSettings store;
  private final List<Replica> replicas = new CopyOnWriteArrayList<>();

  /**
   * What a service is like.
   *
   * @param mode in which Slack reaches it
   * @param openChecks that run or wait, beyond which none is begun
   */
  record Setup(Collector collector, Policy policy, SlackMode mode, int openChecks) {
    static Setup of(Collector collector) {
      return new Setup(collector, EVERYONE, SlackMode.HTTP, 500);
    }

    Setup by(SlackMode newMode) {
      return new Setup(collector, policy, newMode, openChecks);
    }

    Setup upTo(int newOpenChecks) {
      return new Setup(collector, policy, mode, newOpenChecks);
    }

    /** Everything, for a user group alone. */
    Setup onlyFor(String group) {
      return new Setup(
          collector,
          new Policy(
              List.of(
                  new ReadRule(
                      "",
                      1,
                      1,
                      List.of(NamePattern.ANY),
                      List.of(NamePattern.ANY),
                      Who.of(false, List.of(group), List.of())))),
          mode,
          openChecks);
    }
  }

  /** One process of it. */
  private record Replica(ApplicationContext context, URI events, Optional<Socket> socket)
      implements AutoCloseable {
    @Override
    public void close() {
      socket.ifPresent(Socket::close);
      context.close();
    }
  }

  private Bot(Setup setup) throws IOException {
    this.setup = setup;
    this.workspace = Workspace.open("upstream", TOKEN, SIGNING, clock);
    this.store = StoreSettings.in(Files.createTempDirectory("bot"));
  }

  /** Ana is in #incidents, and so is the bot. */
  static Bot over(Collector collector) throws IOException {
    return open(Setup.of(collector));
  }

  static Bot open(Setup setup) throws IOException {
    Bot bot = new Bot(setup);
    bot.workspace.addChannel(INCIDENTS, ANA);
    bot.workspace.inviteBot(INCIDENTS);
    bot.workspace.withoutRateLimits();
    bot.workspace.patience(SLOW_MACHINE);
    bot.workspace.patienceForModals(SLOW_MACHINE);
    bot.workspace.register(OwnManifest.read());
    bot.addReplica();
    return bot;
  }

  /** One more process beside the others, on the same store. */
  void addReplica() {
    UpstreamConfig config =
        new UpstreamConfig(
            List.of(),
            Optional.empty(),
            new SlackSettings(
                setup.mode(), workspace.apiUrl(), ZoneId.of("UTC"), 4, setup.openChecks()),
            dev.upstream.config.CollectSettings.USUAL,
            store,
            0);
    SlackSecrets secrets =
        SlackSecrets.from(
            Map.of(
                "SLACK_BOT_TOKEN",
                TOKEN,
                "SLACK_SIGNING_SECRET",
                SIGNING,
                "SLACK_APP_TOKEN",
                Workspace.APP_TOKEN),
            setup.mode());
    ApplicationContext context =
        Service.context(
            config, secrets, StoreAccess.from(Map.of(), store), Rules.always(setup.policy()));
    context.registerSingleton(InstantSource.class, clock);
    context.registerSingleton(Collector.class, setup.collector());
    context.registerSingleton(
        Directory.class,
        setup.collector() instanceof Directory own ? own : new Named(setup.collector()));
    context.start();
    URI events = Service.open(context).getURI().resolve("/slack/events");
    boolean socket = setup.mode() == SlackMode.SOCKET;
    replicas.add(
        new Replica(
            context, events, socket ? Optional.of(Service.socket(context)) : Optional.empty()));
    workspace.deliver(
        socket
            ? Delivery.sockets()
            : Delivery.http(replicas.stream().map(Replica::events).toArray(URI[]::new)));
  }

  /** The first process ends, and another one begins. */
  void restart() {
    Replica first = replicas.removeFirst();
    first.close();
    addReplica();
  }

  /** How far the check of a message is. */
  Optional<RunState> state(Post post) {
    return ledger()
        .at("T0TEAM", workspace.addChannel(INCIDENTS), post.ts())
        .flatMap(Wanted::run)
        .flatMap(ledger()::run)
        .map(dev.upstream.conversation.Run::state);
  }

  private Ledger ledger() {
    return replicas.getFirst().context().getBean(Store.class).ledger();
  }

  /** The modal of a finding, once it is more than a word of patience. */
  OpenView filled(Person person) {
    eventually().until(() -> !person.modal().transcript().contains("Just a moment"));
    return person.modal();
  }

  /** Whether the store still knows the check of a message. */
  boolean remembers(Post post) {
    return ledger()
        .at("T0TEAM", workspace.addChannel(INCIDENTS), post.ts())
        .flatMap(Wanted::run)
        .isPresent();
  }

  /** What another replica does when the one that had claimed it died. */
  void takeUp(String work) {
    replicas.getFirst().context().getBean(dev.upstream.slack.Bot.class).work().takeUp(work);
  }

  private URI events() {
    return replicas.getFirst().events();
  }

  Ack types(String text) {
    return typesIn(INCIDENTS, text);
  }

  Ack typesIn(String channel, String text) {
    workspace.addPerson(ANA);
    return workspace.person(ANA).types(channel, "/upstream", text);
  }

  SignedRequest signed(String text) {
    return workspace.signed(ANA, INCIDENTS, "/upstream", text);
  }

  Ack send(SignedRequest request) {
    return workspace.send(events(), request);
  }

  URI address(String path) {
    return events().resolve(path);
  }

  List<Post> posts() {
    return workspace.posts(INCIDENTS);
  }

  /** The posts that everybody sees and that stand in no thread. */
  List<Post> headlines() {
    return posts().stream()
        .filter(p -> p.thread().isEmpty() && p.onlyFor().isEmpty())
        .filter(p -> p.author().equals("upstream"))
        .toList();
  }

  /** What only this person was shown. */
  List<String> toldTo(String person) {
    return posts().stream()
        .filter(p -> p.onlyFor().equals(Optional.of(person)))
        .map(Post::text)
        .toList();
  }

  String transcript() {
    return workspace.transcript(INCIDENTS);
  }

  static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
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

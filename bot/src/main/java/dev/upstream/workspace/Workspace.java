package dev.upstream.workspace;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A workspace with people, channels and one app: it takes the app's calls as Slack would, sends it
 * signed commands, and shows what people see. It listens on this machine alone.
 */
public final class Workspace implements AutoCloseable {
  /** What the bot opens its sockets with, where none was chosen. */
  public static final String APP_TOKEN = "xapp-1-A0APP-1-0123456789abcdef";

  private final Server server;
  private final Team team;
  private final Doors doors;
  private final Carrier carrier;
  private final Events events;
  private final Interactions interactions;

  private Workspace(Server server, Team team, Doors doors, Carrier carrier, Events events) {
    this.server = server;
    this.team = team;
    this.doors = doors;
    this.carrier = carrier;
    this.events = events;
    this.interactions = new Interactions(server, carrier);
  }

  /** Opens a workspace on a free port; the clock stamps messages and requests. */
  public static Workspace open(
      String botName, String botToken, String signingSecret, InstantSource clock)
      throws IOException {
    return open(new BotApp(botName, botToken, APP_TOKEN, signingSecret), clock);
  }

  public static Workspace open(BotApp app, InstantSource clock) throws IOException {
    Server server = new Server(app, clock);
    Team team = server.addTeam("lab", app.botToken());
    Doors doors = Doors.open(server);
    Carrier carrier = new Carrier(server, doors.faults());
    return new Workspace(server, team, doors, carrier, new Events(server, carrier));
  }

  /** Another workspace of the same Slack, in which the same app is installed. */
  public Workspace beside(String domain, String otherBotToken) {
    return new Workspace(server, server.addTeam(domain, otherBotToken), doors, carrier, events);
  }

  /** Another workspace of the same Slack, in which the app is not installed. */
  public Workspace without(String domain) {
    return new Workspace(server, server.addTeam(domain, ""), doors, carrier, events);
  }

  /** What the bot takes for Slack's Web API. */
  public URI apiUrl() {
    return server.address().resolve("/api/");
  }

  /** Returns the person's id. */
  public String addPerson(String name, Trait... traits) {
    synchronized (server) {
      return team.add(name, Set.of(traits)).id();
    }
  }

  /** What is special about a person from now on. */
  public void changePerson(String name, Trait... traits) {
    synchronized (server) {
      Member old = team.named(name).orElseThrow();
      team.replace(new Member(old.id(), name, old.team(), Set.of(traits)));
    }
  }

  /** A group with exactly these people from now on. */
  public void setGroup(String handle, String... people) {
    synchronized (server) {
      team.put(handle, Stream.of(people).map(p -> team.add(p, Set.of()).id()).toList(), false);
    }
  }

  public void disableGroup(String handle) {
    synchronized (server) {
      team.put(handle, List.of(), true);
    }
  }

  /** A channel with these people in it; returns its id. */
  public String addChannel(String name, String... people) {
    return fill(name, Channel.Kind.PUBLIC, people);
  }

  public String addPrivateChannel(String name, String... people) {
    return fill(name, Channel.Kind.PRIVATE, people);
  }

  private String fill(String name, Channel.Kind kind, String... people) {
    synchronized (server) {
      Channel channel = team.addChannel(name, kind);
      for (String person : people) {
        channel.join(team.add(person, Set.of()).id());
      }
      return channel.id;
    }
  }

  /** The channel is also one of another workspace, with these people of it. */
  public void share(String channel, Workspace other, String... people) {
    synchronized (server) {
      Channel shared = team.channelNamed(channel);
      other.team.adopt(shared);
      for (String person : people) {
        shared.join(other.team.add(person, Set.of()).id());
      }
    }
  }

  public void archive(String channel) {
    synchronized (server) {
      team.channelNamed(channel).archive();
    }
  }

  public void inviteBot(String channel) {
    synchronized (server) {
      team.channelNamed(channel).join(team.bot);
    }
  }

  /** Somebody of this workspace, who is known already. */
  public Person person(String name) {
    synchronized (server) {
      Member who =
          team.named(name).orElseThrow(() -> new IllegalArgumentException("nobody: " + name));
      return new Person(team, who, carrier, interactions, new Talk(server, events));
    }
  }

  /** The app is what it was registered as, and no more; else it may do everything. */
  public void register(Manifest manifest) {
    server.register(manifest);
  }

  /** By which way the bot gets what people do; for all workspaces of this Slack. */
  public void deliver(Delivery delivery) {
    carrier.by(delivery);
  }

  /**
   * The bot gets events of this type too; from the start it gets {@code app_mention}, {@code
   * app_home_opened}.
   */
  public void subscribe(String eventType) {
    events.subscribe(eventType);
  }

  /**
   * How long commands and clicks wait for their acknowledgement: three seconds, unless a machine
   * that is busy with other things is given more.
   */
  public void patience(Duration patience) {
    carrier.tolerate(patience);
  }

  /** How long commands and clicks wait for a modal: three seconds, unless there is reason. */
  public void patienceForModals(Duration patience) {
    server.triggers.live(patience);
  }

  /** How long an event waits for its acknowledgement, and when it is sent again, in real time. */
  public void retryEvents(Duration patience, Duration... waits) {
    events.retry(patience, List.of(waits));
  }

  /** A person types a command; the bot is asked at this address, and its answer is taken. */
  public Ack command(URI bot, String person, String channel, String command, String typed) {
    addPerson(person);
    return person(person).types(channel, command, typed, Optional.of(Delivery.http(bot)));
  }

  /**
   * The request that the command would send, whoever types it, to be sent otherwise than Slack
   * does.
   */
  public SignedRequest signed(String person, String channel, String command, String typed) {
    synchronized (server) {
      Channel there = team.channelNamed(channel);
      return new Commands(server)
          .parcel(team, team.add(person, Set.of()), there, command, typed)
          .signed(server.app.signingSecret(), server.clock.instant());
    }
  }

  public Ack send(URI bot, SignedRequest request) {
    return carrier.post(List.of(bot), request, Carrier.LONGEST).ack();
  }

  /** Sockets that the bot holds open. */
  public int sockets() {
    return server.sockets.count();
  }

  /** Every socket breaks without a word. */
  public void dropSockets() {
    server.sockets.drop();
  }

  /**
   * Tells every socket to be replaced.
   *
   * @param reason {@code warning}, or {@code refresh_requested}, after which it is closed
   */
  public void disconnectSockets(String reason) {
    server.sockets.announce(reason);
  }

  /** The next call of a method goes wrong. */
  public void disturb(String method, Disturbance disturbance) {
    faults().next(method, disturbance);
  }

  public Faults faults() {
    return doors.faults();
  }

  /** Methods may be called as often as one likes; what Slack would have refused is counted. */
  public void withoutRateLimits() {
    server.pace.off();
  }

  public Figures figures() {
    return server.figures;
  }

  /** The bot's token is not taken any more. */
  public void revokeToken() {
    synchronized (server) {
      team.revoke();
    }
  }

  /** The messages in a channel, oldest first. */
  public List<Post> posts(String channel) {
    synchronized (server) {
      return team.channelNamed(channel).posts();
    }
  }

  /** The bytes of a file. */
  public byte[] content(SharedFile file) {
    return server.uploads.byId(file.id()).orElseThrow().content();
  }

  /** Somebody takes a message away. */
  public void delete(String channel, String ts) {
    synchronized (server) {
      team.channelNamed(channel).remove(ts);
    }
  }

  /** The channel in plain text, as a person reads it. */
  public String transcript(String channel) {
    synchronized (server) {
      return Transcript.of(server, team.channelNamed(channel));
    }
  }

  /** All that happened in the channel, in its order: what people did, each message, each edit. */
  public String story(String channel) {
    synchronized (server) {
      return Transcript.story(server, team.channelNamed(channel));
    }
  }

  /** What was sent to the bot, and how it was acknowledged. */
  public List<Sent> sent() {
    return List.copyOf(server.sent);
  }

  /** Mentions and links in angle brackets that the bot means itself, as a regular expression. */
  public void allowMarkup(String pattern) {
    server.violations.allow(Pattern.compile(pattern).asMatchPredicate());
  }

  public List<Call> calls() {
    return List.copyOf(server.calls);
  }

  /** What the bot did that it should never do. */
  public List<String> violations() {
    return server.violations.all();
  }

  /**
   * Takes out the violations with these words, which a test brought about; there must be some.
   *
   * @return how many they were
   */
  public int expect(String words) {
    List<String> taken = server.violations.take(words);
    if (taken.isEmpty()) {
      throw new AssertionError("no violation with \"" + words + "\": " + violations());
    }
    return taken.size();
  }

  @Override
  public void close() {
    events.close();
    carrier.close();
    doors.close();
  }
}

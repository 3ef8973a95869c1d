package dev.upstream.workspace;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/**
 * A workspace with people, channels and one app: it takes the app's calls as Slack would, sends it
 * signed commands, and shows what people see. It listens on this machine alone.
 */
public final class Workspace implements AutoCloseable {
  private final State state;
  private final Doors doors;
  private final CommandSender sender;

  private Workspace(State state, Doors doors) {
    this.state = state;
    this.doors = doors;
    this.sender = new CommandSender(state, doors.address());
  }

  /** Opens a workspace on a free port; the clock stamps messages and requests. */
  public static Workspace open(
      String botName, String botToken, String signingSecret, InstantSource clock)
      throws IOException {
    State state = new State(botName, botToken, signingSecret, clock);
    return new Workspace(state, Doors.open(state));
  }

  /** What the bot takes for Slack's Web API. */
  public URI apiUrl() {
    return doors.address().resolve("/api/");
  }

  /** Returns the person's id. */
  public String addPerson(String name) {
    return state.addUser(name);
  }

  /** A channel with these people in it; returns its id. */
  public String addChannel(String name, String... people) {
    return fill(state.addChannel(name, false), people);
  }

  public String addPrivateChannel(String name, String... people) {
    return fill(state.addChannel(name, true), people);
  }

  private String fill(Channel channel, String... people) {
    for (String person : people) {
      channel.join(state.addUser(person));
    }
    return channel.id;
  }

  public void inviteBot(String channel) {
    state.named(channel).join(State.BOT);
  }

  /** A person types a command; the bot is asked at this address, and its answer is taken. */
  public Ack command(URI bot, String person, String channel, String command, String typed) {
    SignedRequest request = signed(person, channel, command, typed);
    Ack ack = send(bot, request);
    sender.take(ack, channel, person);
    return ack;
  }

  /** The request that the command would send, to be sent otherwise than Slack does. */
  public SignedRequest signed(String person, String channel, String command, String typed) {
    return sender.signed(person, channel, command, typed);
  }

  public Ack send(URI bot, SignedRequest request) {
    return sender.send(bot, request);
  }

  /** The next call of a method goes wrong. */
  public void disturb(String method, Disturbance disturbance) {
    state.disturb(method, disturbance);
  }

  /** The bot's messages in a channel, oldest first. */
  public List<Post> posts(String channel) {
    return state.named(channel).posts();
  }

  /** Somebody takes a message away. */
  public void delete(String channel, String ts) {
    state.named(channel).remove(ts);
  }

  /** The channel in plain text, as a person reads it. */
  public String transcript(String channel) {
    return Transcript.of(state.named(channel));
  }

  public List<Call> calls() {
    return List.copyOf(state.calls);
  }

  /** What the bot did that it should never do. */
  public List<String> violations() {
    return state.violations.all();
  }

  @Override
  public void close() {
    doors.close();
    sender.close();
  }
}

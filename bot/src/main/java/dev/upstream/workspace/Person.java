package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one person does and sees. A channel is named without its sign, or {@code @name} for that
 * person's conversation with the bot. What Slack would not let him do throws {@link Impossible}.
 */
public final class Person {
  private final Server server;
  private final Team team;
  private final String id;
  private final Carrier carrier;
  private final Commands commands;
  private final Interactions interactions;
  private final Talk talk;

  Person(Team team, Member who, Carrier carrier, Interactions interactions, Talk talk) {
    this.server = interactions.server();
    this.team = team;
    this.id = who.id();
    this.carrier = carrier;
    this.commands = new Commands(server);
    this.interactions = interactions;
    this.talk = talk;
  }

  public String id() {
    return id;
  }

  /** Types a slash command; the acknowledgement is shown to him. */
  public Ack types(String channel, String command, String text) {
    return types(channel, command, text, Optional.empty());
  }

  Ack types(String channel, String command, String text, Optional<Delivery> by) {
    Channel there;
    Parcel parcel;
    synchronized (server) {
      there = entered(channel);
      if (there.isArchived()) {
        throw new Impossible("#" + channel + " is archived");
      }
      if (!team.isInstalled()) {
        throw new Impossible("an app's commands are for people of workspaces that have it");
      }
      if (server.manifest().filter(m -> !m.commands().contains(command)).isPresent()) {
        throw new Impossible(command + " is not a valid command");
      }
      there.did(who().name() + " types: " + command + " " + text);
      parcel = commands.parcel(team, who(), there, command, text);
    }
    Ack ack = by.isPresent() ? carrier.send(parcel, by.get()) : carrier.send(parcel);
    commands.take(ack, team, who(), there);
    return ack;
  }

  /** Types a slash command in a thread: Slack takes none there, and sends nothing. */
  public Ack typesInThread(String channel, String root, String command, String text) {
    synchronized (server) {
      if (entered(channel).find(root).isEmpty()) {
        throw new Impossible("there is no such thread");
      }
    }
    throw new Impossible(command + " is not supported in threads. Sorry! (" + text + ")");
  }

  /** Presses a button, or chooses in a menu, of a message as it stands now. */
  public Ack clicks(String channel, String ts, String action, String... chosen) {
    Post post;
    synchronized (server) {
      post = seen(channel, ts);
    }
    return clicks(channel, post, action, chosen);
  }

  /** The same on a copy of the message that he still has before him, however old. */
  public Ack clicks(String channel, Post copy, String action, String... chosen) {
    Spot.OnMessage spot;
    synchronized (server) {
      Channel there = visible(channel);
      spot = new Spot.OnMessage(author(copy), there, copy);
      there.did(who().name() + " presses: " + label(spot, action, chosen));
    }
    return interactions.act(who(), spot, action, List.of(chosen));
  }

  private static String label(Spot spot, String action, String... chosen) {
    String words = spot.find(action).element().path("text").path("text").asText(action);
    return "[" + words + "]" + (chosen.length == 0 ? "" : " " + String.join(", ", chosen));
  }

  /** Types into a menu of a message whose options the bot finds. */
  public List<Choice> looksFor(String channel, String ts, String action, String typed) {
    Spot spot;
    synchronized (server) {
      Post post = seen(channel, ts);
      spot = new Spot.OnMessage(author(post), visible(channel), post);
    }
    return interactions.lookFor(who(), spot, action, typed);
  }

  /** Uses a shortcut of the app on a message. */
  public Ack uses(String callbackId, String channel, String ts) {
    ObjectNode payload;
    synchronized (server) {
      Channel there = visible(channel);
      Post post = seen(channel, ts);
      if (post.onlyFor().isPresent()) {
        throw new Impossible("a message that only one person sees has no shortcuts");
      }
      there.did(who().name() + " uses the shortcut " + callbackId + " on: " + post.text());
      payload = shortcut("message_action", callbackId);
      payload.putObject("channel").put("id", there.id).put("name", Commands.shownName(there));
      payload
          .put("message_ts", post.ts())
          .put(
              "response_url",
              server.hooks.add("actions", team, there, id, Optional.of(post.ts())).toString());
      payload.set("message", MessageJson.of(team, there, post, false));
    }
    return interactions.send(payload);
  }

  /** Uses a shortcut of the app that needs no message. */
  public Ack uses(String callbackId) {
    ObjectNode payload;
    synchronized (server) {
      payload = shortcut("shortcut", callbackId);
    }
    return interactions.send(payload);
  }

  private ObjectNode shortcut(String type, String callbackId) {
    if (server.manifest().filter(m -> !m.shortcuts().contains(callbackId)).isPresent()) {
      throw new Impossible("the app has no shortcut " + callbackId);
    }
    return interactions
        .payload(type, team, who())
        .put("callback_id", callbackId)
        .put("action_ts", server.nextTs())
        .put("trigger_id", server.triggers.issue(team, who(), Optional.empty()));
  }

  /** Says something in a channel; returns its ts. */
  public String says(String channel, String text) {
    return talk.says(team, who(), locked(() -> entered(channel)), Optional.empty(), text);
  }

  /** Says something in a thread; returns its ts. */
  public String replies(String channel, String root, String text) {
    return talk.says(team, who(), locked(() -> entered(channel)), Optional.of(root), text);
  }

  public void reacts(String channel, String ts, String name) {
    talk.reacts(team, who(), locked(() -> entered(channel)), ts, name);
  }

  /** Opens the app's Home; the bot is told. */
  public void opensHome() {
    talk.opensHome(team, who());
  }

  /** The modal that is on top. */
  public OpenView modal() {
    View view =
        locked(
            () ->
                server
                    .views
                    .top(who())
                    .orElseThrow(() -> new Impossible("no modal is open for " + who().name())));
    return new OpenView(interactions, view);
  }

  public boolean hasModal() {
    return locked(() -> server.views.depth(who()) > 0);
  }

  /** What the bot published on the app's Home. */
  public OpenView home() {
    View view =
        locked(
            () ->
                server
                    .views
                    .home(team, who())
                    .orElseThrow(() -> new Impossible("nothing was published for " + id)));
    return new OpenView(interactions, view);
  }

  private <T> T locked(Supplier<T> work) {
    synchronized (server) {
      return work.get();
    }
  }

  private Member who() {
    Member who = locked(() -> team.member(id).orElseThrow());
    if (who.is(Trait.DEACTIVATED)) {
      throw new Impossible(who.name() + " has no account any more");
    }
    return who;
  }

  private Channel entered(String channel) {
    Channel there = team.channelNamed(channel);
    if (!there.has(id)) {
      throw new Impossible(who().name() + " is no member of #" + channel);
    }
    return there;
  }

  private Channel visible(String channel) {
    Channel there = team.channelNamed(channel);
    boolean guest = who().is(Trait.GUEST) || who().is(Trait.SINGLE_CHANNEL_GUEST);
    if (!there.has(id) && (there.kind != Channel.Kind.PUBLIC || guest)) {
      throw new Impossible(who().name() + " does not see #" + channel);
    }
    return there;
  }

  private Post seen(String channel, String ts) {
    Post post =
        visible(channel)
            .any(ts)
            .orElseThrow(() -> new Impossible("no message " + ts + " is there"));
    if (post.onlyFor().filter(n -> !n.equals(who().name())).isPresent()) {
      throw new Impossible("only " + post.onlyFor().get() + " sees this message");
    }
    return post;
  }

  private Team author(Post post) {
    return server.teams().stream()
        .filter(t -> t.bot.equals(post.authorId()))
        .findFirst()
        .orElseThrow(() -> new Impossible("the message is not the bot's"));
  }
}

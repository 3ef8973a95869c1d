package dev.upstream.workspace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One workspace: its people, groups and channels; whoever uses it holds the server's lock. */
final class Team {
  final String id;
  final String domain;
  final String botToken;

  /** The bot's user id. */
  final String bot;

  private final int number;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, UserGroup> groups = new LinkedHashMap<>();
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private boolean revoked;

  Team(int number, String domain, String botName, String botToken) {
    this.number = number;
    this.id = "T" + number + "TEAM";
    this.domain = domain;
    this.botToken = botToken;
    this.bot = "U" + number + "BOT";
    if (isInstalled()) {
      members.put(bot, new Member(bot, botName, id, Set.of(Trait.BOT)));
    }
  }

  /** Whether the app is installed here; else there is no token and no bot. */
  boolean isInstalled() {
    return !botToken.isEmpty();
  }

  String botId() {
    return "B" + number + "BOT";
  }

  void revoke() {
    revoked = true;
  }

  boolean isRevoked() {
    return revoked;
  }

  Member botMember() {
    return member(bot).orElseThrow();
  }

  /** The person of this name, new when there is none. */
  Member add(String name, Set<Trait> traits) {
    return named(name)
        .orElseGet(
            () -> {
              Member member = new Member("U" + number + capitals(name), name, id, traits);
              members.put(member.id(), member);
              return member;
            });
  }

  void replace(Member member) {
    members.put(member.id(), member);
  }

  Optional<Member> named(String name) {
    return members.values().stream().filter(m -> m.name().equals(name)).findFirst();
  }

  Optional<Member> member(String user) {
    return Optional.ofNullable(members.get(user));
  }

  List<Member> members() {
    return List.copyOf(members.values());
  }

  void put(String handle, List<String> users, boolean disabled) {
    String group = "S" + number + capitals(handle);
    groups.put(group, new UserGroup(group, handle, users, disabled));
  }

  Optional<UserGroup> group(String group) {
    return Optional.ofNullable(groups.get(group));
  }

  List<UserGroup> groups() {
    return List.copyOf(groups.values());
  }

  Channel addChannel(String name, Channel.Kind kind) {
    String channel = "C" + number + capitals(name);
    return channels.computeIfAbsent(channel, c -> new Channel(c, name, kind, id));
  }

  void adopt(Channel channel) {
    channel.share(id);
    channels.put(channel.id, channel);
  }

  /** The conversation of a person with the bot. */
  Channel direct(Member person) {
    String channel = "D" + person.id().substring(1);
    return channels.computeIfAbsent(
        channel,
        c -> {
          Channel direct = new Channel(c, person.name(), Channel.Kind.DIRECT, id);
          direct.join(person.id());
          direct.join(bot);
          return direct;
        });
  }

  Optional<Channel> channel(String channel) {
    return Optional.ofNullable(channels.get(channel));
  }

  List<Channel> channels() {
    return new ArrayList<>(channels.values());
  }

  /** A channel by its name, or {@code @name} for the conversation of that person with the bot. */
  Channel channelNamed(String name) {
    if (name.startsWith("@")) {
      return direct(add(name.substring(1), Set.of()));
    }
    return channels.values().stream()
        .filter(c -> c.kind != Channel.Kind.DIRECT && c.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no channel #" + name));
  }

  private static String capitals(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }
}

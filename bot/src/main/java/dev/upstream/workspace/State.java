package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** All that a workspace knows, shared by its doors. */
final class State {
  static final String TEAM = "T0TEAM";
  static final String TEAM_DOMAIN = "lab";
  static final String BOT = "U0BOT";
  private static final Duration HOOK_LIFE = Duration.ofMinutes(30);
  private static final int HOOK_USES = 5;

  final String botName;
  final String botToken;
  final String signingSecret;
  final InstantSource clock;
  final Violations violations;
  final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Channel> channels = new ConcurrentHashMap<>();
  private final Map<String, String> users = new ConcurrentHashMap<>();
  private final Map<String, Hook> hooks = new ConcurrentHashMap<>();
  private final Map<String, Queue<Disturbance>> disturbances = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();

  /** Where a bot may answer one person: five times within half an hour. */
  record Hook(String channel, String user, Instant since, AtomicInteger uses) {}

  State(String botName, String botToken, String signingSecret, InstantSource clock) {
    this.botName = botName;
    this.botToken = botToken;
    this.signingSecret = signingSecret;
    this.clock = clock;
    this.violations = new Violations(List.of(botToken, signingSecret));
  }

  /** Unique and rising, as Slack's. */
  String nextTs() {
    return clock.instant().getEpochSecond() + "." + "%06d".formatted(count.incrementAndGet());
  }

  long nextId() {
    return count.incrementAndGet();
  }

  String addUser(String name) {
    return users.computeIfAbsent(name, n -> "U0" + n.toUpperCase(java.util.Locale.ROOT));
  }

  Map<String, String> users() {
    return new LinkedHashMap<>(users);
  }

  String nameOf(String user) {
    return users.entrySet().stream()
        .filter(e -> e.getValue().equals(user))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(user);
  }

  Channel addChannel(String name, boolean isPrivate) {
    String id = "C0" + name.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return channels.computeIfAbsent(id, i -> new Channel(i, name, isPrivate));
  }

  Optional<Channel> channel(String id) {
    return Optional.ofNullable(channels.get(id));
  }

  Channel named(String name) {
    return channels.values().stream()
        .filter(c -> c.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no channel #" + name));
  }

  Post whispered(String user, String text, JsonNode blocks) {
    return new Post(
        nextTs(), Optional.empty(), Optional.of(nameOf(user)), botName, text, blocks, false);
  }

  /** Slack's word for what is wrong with a message; empty when it would be taken. */
  String judge(String where, String text, JsonNode blocks, List<String> problems) {
    BlockKit.Verdict verdict = BlockKit.check(blocks);
    problems.addAll(verdict.problems());
    violations.message(where, text, verdict.texts());
    return verdict.error();
  }

  String addHook(String channel, String user) {
    String id = TEAM + "/" + nextId() + "/hook" + nextId();
    hooks.put(id, new Hook(channel, user, clock.instant(), new AtomicInteger()));
    return id;
  }

  /** The hook, if it may still be used; each call uses it. */
  Optional<Hook> use(String id) {
    return Optional.ofNullable(hooks.get(id))
        .filter(h -> h.since().plus(HOOK_LIFE).isAfter(clock.instant()))
        .filter(h -> h.uses().incrementAndGet() <= HOOK_USES);
  }

  synchronized void disturb(String method, Disturbance disturbance) {
    disturbances.computeIfAbsent(method, m -> new ArrayDeque<>()).add(disturbance);
  }

  synchronized Optional<Disturbance> disturbance(String method) {
    return Optional.ofNullable(disturbances.get(method)).map(Queue::poll);
  }
}

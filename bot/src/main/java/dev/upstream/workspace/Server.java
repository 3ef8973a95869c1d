package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** All that the workspaces of one server share. Its monitor guards teams, channels and views. */
final class Server {
  /** Where Slack begins to refuse is written nowhere: a bot stays well below. */
  private static final int BUDGET = 12_000;

  final BotApp app;
  final InstantSource clock;
  final Violations violations;
  final Figures figures = new Figures();
  final Pace pace = new Pace(figures);
  final Hooks hooks;
  final Uploads uploads = new Uploads();
  final Triggers triggers;
  final Views views;
  final Sockets sockets;
  final List<Sent> sent = new CopyOnWriteArrayList<>();
  final List<Call> calls = new CopyOnWriteArrayList<>();

  /** None: the app has every leave, and is told of what it subscribes to. */
  private volatile Optional<Manifest> manifest = Optional.empty();

  private final Map<String, Team> teams = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private long lastMicros;
  private Optional<URI> address = Optional.empty();

  Server(BotApp app, InstantSource clock) {
    this.app = app;
    this.clock = clock;
    this.violations = new Violations(app.secrets(), this::harmless);
    this.hooks = new Hooks(this);
    this.triggers = new Triggers(this);
    this.views = new Views(this);
    this.sockets = new Sockets(this);
  }

  /** A link to a message that is there does no harm. */
  private boolean harmless(String token) {
    String inner = token.substring(1, token.length() - 1);
    int bar = inner.indexOf('|');
    return Permalinks.leads(this, bar < 0 ? inner : inner.substring(0, bar));
  }

  void register(Manifest newManifest) {
    manifest = Optional.of(newManifest);
  }

  Optional<Manifest> manifest() {
    return manifest;
  }

  /** Where it is reached. */
  URI address() {
    return address.orElseThrow();
  }

  void at(URI newAddress) {
    address = Optional.of(newAddress);
  }

  synchronized Team addTeam(String domain, String botToken) {
    Team team = new Team(teams.size(), domain, app.name(), botToken);
    teams.put(team.id, team);
    return team;
  }

  List<Team> teams() {
    return List.copyOf(teams.values());
  }

  Optional<Team> team(String id) {
    return Optional.ofNullable(teams.get(id));
  }

  /** Somebody of any workspace. */
  Optional<Member> member(String user) {
    return teams.values().stream().flatMap(t -> t.member(user).stream()).findFirst();
  }

  /**
   * What stands in brackets for what somebody of this workspace types: people, groups, channels.
   */
  Map<String, String> names(Team first) {
    Map<String, String> names = new LinkedHashMap<>();
    teams
        .values()
        .forEach(t -> t.members().forEach(m -> names.putIfAbsent("@" + m.name(), "@" + m.id())));
    first.groups().forEach(g -> names.put("@" + g.handle(), "!subteam^" + g.id()));
    first.members().forEach(m -> names.put("@" + m.name(), "@" + m.id()));
    first.channels().stream()
        .filter(c -> c.kind != Channel.Kind.DIRECT)
        .forEach(c -> names.put("#" + c.name, "#" + c.id));
    return names;
  }

  /** Unique and rising, as Slack's. */
  synchronized String nextTs() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    lastMicros = Math.max(lastMicros + 1, micros);
    return lastMicros / 1_000_000 + "." + "%06d".formatted(lastMicros % 1_000_000);
  }

  long nextId() {
    return count.incrementAndGet();
  }

  /** Notes a call that went wrong on demand, before anything was done. */
  void struck(String method, Optional<Arguments> given, Optional<Disturbance> disturbance) {
    disturbance
        .map(Disturbance::word)
        .filter(w -> !w.isEmpty())
        .ifPresent(w -> calls.add(new Call(method, given.map(Arguments::all).orElse(Map.of()), w)));
  }

  Post whispered(Team team, String user, String text, JsonNode blocks) {
    return Post.of(nextTs(), team.botMember(), text, Ids.given(this, blocks))
        .onlyFor(member(user).map(Member::name).orElse(user));
  }

  /** Slack's word for what is wrong with a message; empty when it would be taken. */
  String judge(String where, Arguments given, List<String> problems) {
    String text = given.get("text");
    JsonNode blocks = given.blocks();
    BlockKit.Verdict verdict = BlockKit.check(blocks, Surface.MESSAGE);
    problems.addAll(verdict.problems());
    boolean verbatim = !blocks.isEmpty() || given.get("parse").equals("none");
    violations.message(where, text, verbatim, verdict.texts());
    if (verdict.error().isEmpty() && blocks.toString().length() > BUDGET) {
      violations.add(where, "blocks of more than " + BUDGET + " characters");
    }
    if (text.isEmpty() && !blocks.isEmpty()) {
      violations.add(where, "blocks without a text leave notifications empty");
    }
    return verdict.error();
  }
}

package dev.upstream.workspace;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The addresses at which a bot may answer a command or a click. */
final class Hooks {
  private static final Duration LIFE = Duration.ofMinutes(30);
  private static final int USES = 5;

  private final Server server;
  private final Map<String, Hook> hooks = new ConcurrentHashMap<>();

  /**
   * Five uses within half an hour.
   *
   * @param original the message that was clicked
   */
  record Hook(
      Team team,
      Channel channel,
      String user,
      Optional<String> original,
      Instant since,
      AtomicInteger uses) {}

  Hooks(Server server) {
    this.server = server;
  }

  /**
   * @param kind {@code commands} or {@code actions}
   */
  URI add(String kind, Team team, Channel channel, String user, Optional<String> original) {
    String path =
        "/" + kind + "/" + team.id + "/" + server.nextId() + "/hook" + Long.toHexString(mixed());
    hooks.put(
        path, new Hook(team, channel, user, original, server.clock.instant(), new AtomicInteger()));
    return server.address().resolve(path);
  }

  private long mixed() {
    return server.nextId() * 0x9E3779B97F4A7C15L;
  }

  /** The hook, if it may still be used; each call uses it. */
  Optional<Hook> use(String path) {
    return Optional.ofNullable(hooks.get(path))
        .filter(h -> h.since().plus(LIFE).isAfter(server.clock.instant()))
        .filter(h -> h.uses().incrementAndGet() <= USES);
  }
}

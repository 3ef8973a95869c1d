package dev.upstream.workspace;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Leave to open one view for somebody: for three seconds, and once. */
final class Triggers {
  /** Ids are as long as Slack's. */
  private static final long FIRST = 9_000_000_000_000L;

  private final Server server;
  private volatile Duration life = Ack.USUAL;
  private final Map<String, Trigger> issued = new ConcurrentHashMap<>();

  /**
   * What somebody did.
   *
   * @param view in which it was done
   */
  record Trigger(
      Team team, Member who, Optional<String> view, Instant since, AtomicBoolean exchanged) {}

  Triggers(Server server) {
    this.server = server;
  }

  void live(Duration newLife) {
    life = newLife;
  }

  String issue(Team team, Member who, Optional<String> view) {
    String id =
        "%013d.%013d.%032x"
            .formatted(
                FIRST + server.nextId(), FIRST + server.nextId(), 0x5EED_0000L + server.nextId());
    issued.put(id, new Trigger(team, who, view, server.clock.instant(), new AtomicBoolean()));
    return id;
  }

  Trigger exchange(Asking asking) throws Refused {
    Trigger trigger = issued.get(asking.required("trigger_id"));
    if (trigger == null || !trigger.team().equals(asking.team())) {
      throw asking.bad("invalid_trigger_id");
    }
    if (trigger.since().plus(life).isBefore(server.clock.instant())) {
      server.figures.expiredTrigger();
      throw asking.bad("expired_trigger_id");
    }
    if (!trigger.exchanged().compareAndSet(false, true)) {
      throw asking.bad("exchanged_trigger_id");
    }
    return trigger;
  }
}

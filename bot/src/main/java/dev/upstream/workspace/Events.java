package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells the bot what happened, again and again until it is acknowledged: four times at most. */
final class Events implements AutoCloseable {
  private final Server server;
  private final Carrier carrier;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          r -> Thread.ofPlatform().daemon().name("events").unstarted(r));
  private final Set<String> subscribed = new TreeSet<>(Set.of("app_mention", "app_home_opened"));
  private Duration patience = Duration.ofSeconds(3);
  private List<Duration> waits =
      List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5));

  Events(Server server, Carrier carrier) {
    this.server = server;
    this.carrier = carrier;
  }

  void subscribe(String type) {
    synchronized (server) {
      subscribed.add(type);
    }
  }

  void retry(Duration newPatience, List<Duration> newWaits) {
    synchronized (server) {
      patience = newPatience;
      waits = List.copyOf(newWaits);
    }
  }

  /** An event for the bot of a workspace, if it wants events of this type. */
  void happened(Team team, ObjectNode event, boolean shared) {
    Parcel parcel;
    synchronized (server) {
      Set<String> wanted = server.manifest().map(Manifest::events).orElse(subscribed);
      if (!wanted.contains(event.path("type").asText())) {
        return;
      }
      String id = "Ev0" + server.nextId();
      event.put("event_ts", event.path("ts").asText(server.nextTs()));
      ObjectNode payload =
          Arguments.JSON
              .createObjectNode()
              .put("token", "unused")
              .put("team_id", team.id)
              .put("context_team_id", team.id)
              .put("api_app_id", BotApp.ID)
              .put("type", "event_callback")
              .put("event_id", id)
              .put("event_time", server.clock.instant().getEpochSecond())
              .put("is_ext_shared_channel", shared)
              .put("event_context", "4-" + id);
      payload.set("event", event);
      payload
          .putArray("authorizations")
          .addObject()
          .put("team_id", team.id)
          .put("user_id", team.bot)
          .put("is_bot", true)
          .put("is_enterprise_install", false)
          .putNull("enterprise_id");
      parcel = Parcel.of(Parcel.Type.EVENTS_API, id, payload);
    }
    attempt(parcel);
  }

  private void attempt(Parcel parcel) {
    Duration now;
    List<Duration> then;
    synchronized (server) {
      now = patience;
      then = waits;
    }
    Optional<Carrier.Outcome> outcome = carrier.send(parcel, now);
    if (outcome.isEmpty()
        || outcome.get().taken()
        || outcome.get().noRetry()
        || parcel.attempt() >= then.size()) {
      return;
    }
    Parcel again = parcel.again(reason(outcome.get().ack()));
    Duration wait = then.get(parcel.attempt());
    if (wait.isZero()) {
      attempt(again);
    } else {
      later.schedule(() -> attempt(again), wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static String reason(Ack ack) {
    if (ack.status() != 0) {
      return "http_error";
    }
    return ack.body().contains("ConnectException") ? "connection_failed" : "http_timeout";
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}

package dev.upstream.slack;

import com.google.gson.Gson;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A press with all that is needed to do later what it asks for.
 *
 * @param muted what the form for a mute asks for
 */
record KeptPress(
    Action action, Handle handle, Press press, Optional<MuteModal.Outcome.Muted> muted) {
  private static final Gson JSON = new Gson();

  KeptPress(Action action, Handle handle, Press press) {
    this(action, handle, press, Optional.empty());
  }

  /** How the clusters are; no check is asked about. */
  static KeptPress status(Press press) {
    return new KeptPress(Action.STATUS, Handle.of("status"), press);
  }

  /**
   * Empty texts stand for what is not there.
   *
   * @param until in milliseconds since 1970; 0 for what is no mute
   */
  private record Kept(
      String action,
      String handle,
      String home,
      String user,
      String name,
      String team,
      String channel,
      String thread,
      String url,
      String message,
      String trigger,
      String delivery,
      long until,
      @Nullable String reason) {}

  String json() {
    Asker by = press.by();
    return JSON.toJson(
        new Kept(
            action.id(),
            handle.value(),
            by.person().team(),
            by.person().user(),
            by.person().name(),
            by.place().team(),
            by.place().channel(),
            by.place().thread().orElse(""),
            by.responseUrl().orElse(""),
            press.message(),
            press.trigger(),
            press.delivery(),
            muted.map(m -> m.until().toEpochMilli()).orElse(0L),
            muted.map(MuteModal.Outcome.Muted::reason).orElse("")));
  }

  /** Empty for what this version of the bot does not know. */
  static Optional<KeptPress> parse(String json) {
    Kept k = JSON.fromJson(json, Kept.class);
    Asker by =
        new Asker(
            new Person(k.home(), k.user(), k.name()),
            new Place(k.team(), k.channel(), there(k.thread())),
            there(k.url()));
    Press press = new Press(by, k.message(), k.trigger(), k.delivery());
    Optional<MuteModal.Outcome.Muted> muted =
        Optional.ofNullable(k.reason())
            .filter(r -> k.until() > 0)
            .map(r -> new MuteModal.Outcome.Muted(Instant.ofEpochMilli(k.until()), r));
    return Action.of(k.action())
        .flatMap(a -> Handle.parse(k.handle()).map(h -> new KeptPress(a, h, press, muted)));
  }

  private static Optional<String> there(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }
}

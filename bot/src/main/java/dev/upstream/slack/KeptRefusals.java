package dev.upstream.slack;

import com.google.gson.Gson;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Run;
import dev.upstream.policy.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an attempt to look came to, when it is no answer that its recording would give again. */
final class KeptRefusals {
  private static final Duration REMEMBERED = Duration.ofDays(1);
  private static final Gson JSON = new Gson();

  private final Notes notes;

  KeptRefusals(Notes notes) {
    this.notes = notes;
  }

  private record Kept(String words, String before, List<Name> names, Reply.Refused.Why why) {}

  /** An empty namespace stands for no place. */
  private record Name(String cluster, String namespace, String name) {}

  void keep(Run run, Reply.Refused refused, Instant now) {
    List<Name> names =
        refused.names().stream()
            .map(n -> new Name(n.cluster(), n.place().map(Place::namespace).orElse(""), n.name()))
            .toList();
    notes.choose(
        key(run),
        JSON.toJson(new Kept(refused.words(), refused.before(), names, refused.why())),
        now.plus(REMEMBERED));
  }

  Optional<Reply.Refused> of(Run run, Instant now) {
    return notes
        .chosen(key(run), now)
        .map(json -> JSON.fromJson(json, Kept.class))
        .map(
            k ->
                new Reply.Refused(
                    k.words(), k.before(), k.names().stream().map(this::of).toList(), k.why()));
  }

  private Reply.Named of(Name kept) {
    return new Reply.Named(
        kept.cluster(),
        Optional.of(kept.namespace())
            .filter(n -> !n.isEmpty())
            .map(n -> new Place(kept.cluster(), n)),
        kept.name());
  }

  private static String key(Run run) {
    return "refused/" + run.id() + "/" + run.attempt();
  }
}

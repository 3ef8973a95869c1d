package dev.upstream.slack;

import com.google.gson.Gson;
import dev.upstream.conversation.Notes;
import dev.upstream.diagnosis.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a headline said last, to tell what became of it when it is checked again. */
final class LastAnswers {
  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final Gson JSON = new Gson();

  private final Notes notes;

  LastAnswers(Notes notes) {
    this.notes = notes;
  }

  /** -1 stands for a share that was not known. */
  private record Kept(String verdict, double share, String cause, long at) {}

  void keep(String headline, Before answer, Instant now) {
    Kept kept =
        new Kept(
            answer.verdict().name(),
            answer.share().orElse(-1d),
            answer.cause().orElse(""),
            answer.at().toEpochMilli());
    notes.choose(key(headline), JSON.toJson(kept), now.plus(REMEMBERED));
  }

  Optional<Before> of(String headline, Instant now) {
    return notes
        .chosen(key(headline), now)
        .map(json -> JSON.fromJson(json, Kept.class))
        .map(
            k ->
                new Before(
                    Verdict.valueOf(k.verdict()),
                    k.share() < 0 ? Optional.empty() : Optional.of(k.share()),
                    k.cause().isEmpty() ? Optional.empty() : Optional.of(k.cause()),
                    Instant.ofEpochMilli(k.at())));
  }

  private static String key(String headline) {
    return "said/" + headline;
  }
}

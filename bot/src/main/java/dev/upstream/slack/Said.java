package dev.upstream.slack;

import com.google.gson.Gson;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Notes;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a headline said last, to tell what became of it.
 *
 * @param share of requests that failed
 * @param causes keys of the findings of role root cause
 */
record Said(Verdict verdict, Optional<Double> share, List<String> causes, Instant at) {
  private static final Duration REMEMBERED = Duration.ofDays(30);
  private static final Gson JSON = new Gson();

  private record Kept(String verdict, double share, List<String> causes, long at) {}

  static Said of(Reply.Answered answered) {
    Diagnosis d = answered.worst();
    return new Said(
        d.verdict(),
        d.share(),
        d.findings().stream()
            .filter(f -> f.role() == Role.ROOT_CAUSE)
            .map(Finding::key)
            .toList(),
        d.at());
  }

  void keep(Notes notes, String headline, Instant now) {
    Kept kept = new Kept(verdict.name(), share.orElse(-1d), causes, at.toEpochMilli());
    notes.choose("said/" + headline, JSON.toJson(kept), now.plus(REMEMBERED));
  }

  static Optional<Said> last(Notes notes, String headline, Instant now) {
    return notes
        .chosen("said/" + headline, now)
        .map(json -> JSON.fromJson(json, Kept.class))
        .map(
            k ->
                new Said(
                    Verdict.valueOf(k.verdict()),
                    k.share() < 0 ? Optional.empty() : Optional.of(k.share()),
                    k.causes(),
                    Instant.ofEpochMilli(k.at())));
  }
}

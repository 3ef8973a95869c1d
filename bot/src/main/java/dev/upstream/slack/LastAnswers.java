package dev.upstream.slack;

import com.google.gson.Gson;
import dev.upstream.conversation.Notes;
import dev.upstream.diagnosis.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a headline said last, to tell what became of it when it is checked again. */
final class LastAnswers {
  private static final Gson JSON = new Gson();

  private final Notes notes;
  private final Duration keep;

  /**
   * @param keep for how long ended checks are kept
   */
  LastAnswers(Notes notes, Duration keep) {
    this.notes = notes;
    this.keep = keep;
  }

  /**
   * What was said.
   *
   * @param compared the answer before it, if it told what became of that
   * @param thread the check whose findings the thread tells
   */
  record Said(Before answer, Optional<Before> compared, Optional<String> thread) {}

  /** -1 stands for a share that was not known; no earlier version knew the last two. */
  private record Kept(
      String verdict,
      double share,
      String cause,
      long at,
      @Nullable Kept compared,
      @Nullable String thread) {
    static Kept of(Before answer, @Nullable Kept compared, @Nullable String thread) {
      return new Kept(
          answer.verdict().name(),
          answer.share().orElse(-1d),
          answer.cause().orElse(""),
          answer.at().toEpochMilli(),
          compared,
          thread);
    }

    Before answer() {
      return new Before(
          Verdict.valueOf(verdict),
          share < 0 ? Optional.empty() : Optional.of(share),
          cause.isEmpty() ? Optional.empty() : Optional.of(cause),
          Instant.ofEpochMilli(at));
    }
  }

  void keep(String headline, Said said, Instant now) {
    Kept kept =
        Kept.of(
            said.answer(),
            said.compared().map(b -> Kept.of(b, null, null)).orElse(null),
            said.thread().orElse(null));
    notes.choose(key(headline), JSON.toJson(kept), now.plus(keep));
  }

  Optional<Said> of(String headline, Instant now) {
    return notes
        .chosen(key(headline), now)
        .map(json -> JSON.fromJson(json, Kept.class))
        .map(
            k ->
                new Said(
                    k.answer(),
                    Optional.ofNullable(k.compared()).map(Kept::answer),
                    Optional.ofNullable(k.thread())));
  }

  private static String key(String headline) {
    return "said/" + headline;
  }
}

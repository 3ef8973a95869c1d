package dev.upstream.slack;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Percent;
import dev.upstream.diagnosis.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * What was answered last time, as far as a new answer is compared with it.
 *
 * @param cause the key of the first cause; empty when none was found
 */
public record Before(Verdict verdict, Optional<Double> share, Optional<String> cause, Instant at) {
  public static Before of(Reply.Answered answered) {
    return of(answered.worst());
  }

  static Before of(Diagnosis d) {
    return new Before(d.verdict(), d.share(), Sentence.cause(d).map(Finding::key), d.at());
  }

  /** What a new answer says about the last one. */
  enum Change {
    FIXED,
    STILL_WORKS,
    BROKE,
    WORSE,
    BETTER,
    SAME,
    OTHER_CAUSE,
    NOW_KNOWN,
    NOT_KNOWN
  }

  Change to(Diagnosis now) {
    Grade then = Grade.of(verdict, share);
    Grade today = Grade.of(now);
    if (today == Grade.NOT_KNOWN) {
      return then == Grade.NOT_KNOWN ? Change.SAME : Change.NOT_KNOWN;
    }
    if (then == Grade.NOT_KNOWN) {
      return Change.NOW_KNOWN;
    }
    if (!today.fails()) {
      return then.fails() ? Change.FIXED : Change.STILL_WORKS;
    }
    if (!then.fails()) {
      return Change.BROKE;
    }
    return failing(now, then, today);
  }

  /** Whether the same fails as before, and more or less of it. */
  boolean otherShare(Diagnosis now) {
    Change change = to(now);
    return change == Change.WORSE || change == Change.BETTER;
  }

  /** Both fail: by the shares where both are known, else by how it looks. */
  private Change failing(Diagnosis now, Grade then, Grade today) {
    int worse =
        share.isPresent() && now.share().isPresent()
            ? (int) (percents(now.share().get()) - percents(share.get()))
            : then.compareTo(today);
    if (worse != 0) {
      return worse > 0 ? Change.WORSE : Change.BETTER;
    }
    Optional<String> found = Sentence.cause(now).map(Finding::key);
    boolean other = cause.isPresent() && found.isPresent() && !cause.equals(found);
    return other ? Change.OTHER_CAUSE : Change.SAME;
  }

  /** Less than a percent is no change: logs hold other requests each time. */
  private static long percents(double part) {
    return Math.round(part * 100);
  }

  /** {@code 95 % of requests failed}. */
  String words() {
    return switch (Grade.of(verdict, share)) {
      case DOWN, MOSTLY_DOWN, PARTLY_DOWN, HARDLY_DOWN ->
          share.map(s -> Percent.of(s) + " of requests failed").orElse("all requests failed");
      case SOME_DOWN -> "something failed, and how much was not known";
      case NOT_KNOWN -> "not everything could be checked";
      case AT_RISK -> "it worked, with a risk";
      case WORKS -> "it worked";
    };
  }
}

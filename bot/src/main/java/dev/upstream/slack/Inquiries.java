package dev.upstream.slack;

import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions to Slack; a method that went wrong is left alone for as long as Slack wants. */
final class Inquiries implements Groups.Line {
  private static final Logger LOG = LoggerFactory.getLogger(Inquiries.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final SlackApi slack;
  private final InstantSource clock;
  private final Map<String, Rest> resting = new ConcurrentHashMap<>();

  /**
   * @param failures one after the other
   */
  private record Rest(Instant until, int failures) {
    static final Rest NONE = new Rest(Instant.MIN, 0);
  }

  Inquiries(SlackApi slack, InstantSource clock) {
    this.slack = slack;
    this.clock = clock;
  }

  /** A call of the Web API. */
  interface Question<T extends SlackApiTextResponse> {
    T ask(MethodsClient methods) throws IOException, SlackApiException;
  }

  /** Whether a method is left alone just now, since Slack did not answer or asked for patience. */
  boolean resting() {
    Instant now = clock.instant();
    return resting.values().stream().anyMatch(r -> now.isBefore(r.until()));
  }

  /** Asks once; not while the method rests. */
  @Override
  public <T extends SlackApiTextResponse> Optional<T> ask(String method, Question<T> question) {
    Rest rest = resting.getOrDefault(method, Rest.NONE);
    if (clock.instant().isBefore(rest.until())) {
      return Optional.empty();
    }
    try {
      T answer = question.ask(slack.methods());
      if (!passes(answer)) {
        resting.remove(method);
        return Optional.of(answer);
      }
      LOG.warn("Slack answers {} to {}", answer.getError(), method);
      rest(method, rest, pause(rest));
    } catch (SlackApiException e) {
      int status = e.getResponse().code();
      LOG.warn("Slack answers {} to {}", status, method);
      rest(method, rest, status == 429 ? retryAfter(e) : pause(rest));
    } catch (IOException e) {
      LOG.warn("Slack does not answer {}: {}", method, e.getClass().getSimpleName());
      rest(method, rest, pause(rest));
    }
    return Optional.empty();
  }

  /** Whether it says no more than that Slack has a bad moment. */
  private static boolean passes(SlackApiTextResponse answer) {
    String error = Optional.ofNullable(answer.getError()).orElse("");
    return !answer.isOk() && (Attempt.inDoubt(error) || Attempt.limited(error));
  }

  private void rest(String method, Rest before, Duration pause) {
    resting.put(method, new Rest(clock.instant().plus(pause), before.failures() + 1));
  }

  /** Longer with every failure, up to some seconds. */
  private static Duration pause(Rest before) {
    return PAUSE.multipliedBy(1L << Math.min(before.failures(), MOST_DOUBLINGS));
  }

  private static Duration retryAfter(SlackApiException e) {
    String seconds = Optional.ofNullable(e.getResponse().header("Retry-After")).orElse("");
    Duration asked =
        seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : PAUSE;
    return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
  }
}

package dev.upstream.slack;

import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One call of Slack's, and what is known afterwards. */
final class Attempt {
  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(10);

  /** Slack's words for what may have happened all the same. */
  private static final Set<String> IN_DOUBT =
      Set.of("internal_error", "fatal_error", "request_timeout", "service_unavailable");

  private Attempt() {}

  /** Whether Slack itself does not know what became of a call. */
  static boolean inDoubt(String error) {
    return IN_DOUBT.contains(error);
  }

  /** Whether it was one call too many, said in an answer like any other. */
  static boolean limited(String error) {
    return error.equals("ratelimited");
  }

  /** A call that Slack answers. */
  interface Call<T> {
    T make() throws IOException, SlackApiException;
  }

  /** What came of it. */
  sealed interface Answer<T> {
    /** Makes something else of what Slack gave. */
    default <U> Answer<U> then(Function<T, U> made) {
      return switch (this) {
        case Given<T> given -> new Given<>(made.apply(given.response()));
        case None<T> none -> new None<>(none.outcome());
      };
    }

    /** Slack did it. */
    record Given<T>(T response) implements Answer<T> {}

    /**
     * @param outcome anything but done
     */
    record None<T>(Outcome outcome) implements Answer<T> {}
  }

  static <T extends SlackApiTextResponse> Answer<T> at(Call<T> call) {
    try {
      T response = call.make();
      return response.isOk()
          ? new Answer.Given<>(response)
          : new Answer.None<>(
              new Outcome.Refused(Optional.ofNullable(response.getError()).orElse("no_error")));
    } catch (SlackApiException e) {
      return new Answer.None<>(between(status(e.getResponse())));
    } catch (IOException e) {
      return new Answer.None<>(broken(e));
    } catch (RuntimeException e) {
      return new Answer.None<>(
          new Outcome.Unknown("no answer of Slack's: " + e.getClass().getSimpleName()));
    }
  }

  /**
   * Slack says what it refuses in an answer of status 200: a 4xx comes from something on the way.
   */
  private static Outcome between(Outcome outcome) {
    return outcome instanceof Outcome.Refused r ? new Outcome.NotDone(r.error()) : outcome;
  }

  static Outcome status(Response response) {
    if (response.code() == 429) {
      return new Outcome.Limited(patience(response.header("Retry-After")));
    }
    String why = "HTTP " + response.code();
    return response.code() >= 500 ? new Outcome.Unknown(why) : new Outcome.Refused(why);
  }

  static Outcome broken(IOException e) {
    String why = e.getClass().getSimpleName();
    boolean unreached =
        e instanceof ConnectException
            || e instanceof NoRouteToHostException
            || e instanceof UnknownHostException
            || e instanceof SSLHandshakeException;
    return unreached ? new Outcome.NotDone(why) : new Outcome.Unknown(why);
  }

  private static Duration patience(@Nullable String seconds) {
    if (seconds == null || !seconds.matches("\\d{1,6}")) {
      return USUAL_PATIENCE;
    }
    Duration asked = Duration.ofSeconds(Math.max(1, Long.parseLong(seconds)));
    return asked.compareTo(LONGEST_PATIENCE) < 0 ? asked : LONGEST_PATIENCE;
  }
}

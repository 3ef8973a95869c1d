package dev.upstream.workspace;

import java.time.Duration;

/** How a call goes wrong, on demand. */
public sealed interface Disturbance {
  /** What a call is noted with that went wrong before anything was done; else empty. */
  default String word() {
    return switch (this) {
      case RateLimited r -> "ratelimited";
      case ServerError s -> "HTTP 500";
      case Refused r -> r.error();
      case LostRequest l -> "lost";
      case LostAnswer l -> "";
      case SlowAnswer s -> "";
    };
  }

  /** HTTP 429, and nothing is done. */
  record RateLimited(int retryAfterSeconds) implements Disturbance {}

  /** HTTP 500, and nothing is done. */
  record ServerError() implements Disturbance {}

  /** An error of Slack's own. */
  record Refused(String error) implements Disturbance {}

  /** The connection breaks before anything is done. */
  record LostRequest() implements Disturbance {}

  /** Everything is done, and the connection breaks before the answer: the bot cannot know. */
  record LostAnswer() implements Disturbance {}

  /** Everything is done, and the answer comes after this real time. */
  record SlowAnswer(Duration pause) implements Disturbance {}
}

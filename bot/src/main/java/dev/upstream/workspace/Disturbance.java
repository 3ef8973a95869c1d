package dev.upstream.workspace;

/** How a call goes wrong, on demand. */
public sealed interface Disturbance {
  /** HTTP 429. */
  record RateLimited(int retryAfterSeconds) implements Disturbance {}

  /** HTTP 500, and nothing is done. */
  record ServerError() implements Disturbance {}

  /** An error of Slack's own. */
  record Refused(String error) implements Disturbance {}
}

package dev.upstream.conversation;

/** How far a check has come. */
public enum RunState {
  QUEUED,
  RUNNING,
  ANSWERED,
  REFUSED,
  FAILED;

  /** Whether nothing more is said about it by itself. */
  public boolean over() {
    return this == ANSWERED || this == REFUSED || this == FAILED;
  }
}

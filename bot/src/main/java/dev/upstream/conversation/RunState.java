package dev.upstream.conversation;

/** How far a check has come. */
public enum RunState {
  QUEUED,
  /** Others go first, and its headlines say so. */
  WAITING,
  RUNNING,
  /** What it saw is kept, and not told yet: who may see it is not known. */
  FOUND,
  ANSWERED,
  REFUSED,
  FAILED;

  /** Whether nothing more is said about it by itself. */
  public boolean over() {
    return this == ANSWERED || this == REFUSED || this == FAILED;
  }
}

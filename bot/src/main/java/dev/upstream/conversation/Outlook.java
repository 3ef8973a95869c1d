package dev.upstream.conversation;

/** How a check would fare that was begun now. */
public enum Outlook {
  AT_ONCE,
  /** Others go first. */
  WAITS,
  /** So many wait that it is not begun. */
  TOO_MANY
}

package dev.upstream.workspace;

/** What is special about a person. */
public enum Trait {
  /** A guest of several channels: {@code is_restricted}. */
  GUEST,
  /** A guest of one channel: {@code is_restricted} and {@code is_ultra_restricted}. */
  SINGLE_CHANNEL_GUEST,
  BOT,
  ADMIN,
  /** The account is closed: {@code deleted}. */
  DEACTIVATED
}

package dev.upstream.config;

/** How Slack reaches the bot. */
public enum SlackMode {
  /** The bot opens a socket: nothing has to be reachable from outside. */
  SOCKET,
  /** Slack sends signed requests. */
  HTTP
}

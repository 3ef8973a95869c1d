package dev.upstream.slack;

/** What became of a message that was sent. */
public sealed interface Delivery {
  /**
   * @param ts names the message in its channel
   */
  record Sent(String ts) implements Delivery {}

  /** The bot is no member of the channel, or does not see it at all. */
  record NotInChannel() implements Delivery {}

  /** The message to edit is gone. */
  record Gone() implements Delivery {}

  /**
   * @param error Slack's own word, or what broke on the way
   */
  record Failed(String error) implements Delivery {}
}

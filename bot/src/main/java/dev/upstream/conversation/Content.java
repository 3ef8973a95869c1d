package dev.upstream.conversation;

import java.util.Optional;

/** What a message is meant to be. */
public sealed interface Content {
  /**
   * A message that everybody in the channel sees; a newer one edits it.
   *
   * @param blocks a JSON array of blocks that passed the guard
   * @param text what a phone shows, and who sees no blocks
   */
  record Post(String blocks, String text) implements Content {}

  /**
   * For one person's eyes, said once.
   *
   * @param responseUrl the command's own address for answers, which also works where the bot is no
   *     member
   */
  record Whisper(String user, Optional<String> responseUrl, String blocks, String text)
      implements Content {
    @Override
    public String toString() {
      return "Whisper[" + user + ", " + text + "]";
    }
  }

  /** A file, shared once. */
  record Upload(String name, Bytes bytes) implements Content {}

  /** The message is taken back; one that was never posted never will be. */
  record Nothing() implements Content {}
}

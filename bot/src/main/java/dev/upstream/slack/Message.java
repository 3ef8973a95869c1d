package dev.upstream.slack;

import java.util.List;

/**
 * A message as it is meant, before the guard.
 *
 * @param notification what a phone shows, and who sees no blocks
 */
public record Message(String notification, List<Block> blocks) {
  public Message {
    blocks = List.copyOf(blocks);
  }
}

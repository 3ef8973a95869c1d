package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A message as the workspace holds it.
 *
 * @param thread the ts of the message that it answers
 * @param onlyFor the one person who sees it
 * @param blocks an array, empty when there is only text
 */
public record Post(
    String ts,
    Optional<String> thread,
    Optional<String> onlyFor,
    String author,
    String text,
    JsonNode blocks,
    boolean edited) {
  Post edit(String newText, JsonNode newBlocks) {
    return new Post(ts, thread, onlyFor, author, newText, newBlocks, true);
  }
}

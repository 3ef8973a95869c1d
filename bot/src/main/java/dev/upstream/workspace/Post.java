package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A message as the workspace holds it.
 *
 * @param thread the ts of the message that it answers
 * @param onlyFor the one person who sees it
 * @param blocks an array, empty when there is only text
 * @param authorId the user's id, the bot's included
 * @param team the workspace of who wrote it
 * @param metadata an object with {@code event_type} and {@code event_payload}; empty when there is
 *     none
 */
public record Post(
    String ts,
    Optional<String> thread,
    Optional<String> onlyFor,
    String author,
    String text,
    JsonNode blocks,
    boolean edited,
    String authorId,
    String team,
    JsonNode metadata,
    List<SharedFile> files) {
  public Post {
    files = List.copyOf(files);
  }

  static Post of(String ts, Member author, String text, JsonNode blocks) {
    return new Post(
        ts,
        Optional.empty(),
        Optional.empty(),
        author.name(),
        text,
        blocks,
        false,
        author.id(),
        author.team(),
        Arguments.JSON.createObjectNode(),
        List.of());
  }

  Post in(Optional<String> newThread) {
    return new Post(
        ts, newThread, onlyFor, author, text, blocks, edited, authorId, team, metadata, files);
  }

  Post onlyFor(String person) {
    return new Post(
        ts,
        thread,
        Optional.of(person),
        author,
        text,
        blocks,
        edited,
        authorId,
        team,
        metadata,
        files);
  }

  Post with(List<SharedFile> newFiles) {
    return new Post(
        ts, thread, onlyFor, author, text, blocks, edited, authorId, team, metadata, newFiles);
  }

  Post with(JsonNode newMetadata) {
    return new Post(
        ts, thread, onlyFor, author, text, blocks, edited, authorId, team, newMetadata, files);
  }

  Post edit(String newText, JsonNode newBlocks) {
    return new Post(
        ts, thread, onlyFor, author, newText, newBlocks, true, authorId, team, metadata, files);
  }
}

package dev.upstream.slack;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A window over the conversation, before the guard.
 *
 * @param title at most 24 characters
 * @param submit the word on the button that sends it, at most 24 characters; none when there is
 *     nothing to send
 * @param memory what Slack gives back with it: an opaque id or several, never a right
 */
public record Modal(
    Callback callback, String title, Optional<String> submit, String memory, List<Block> blocks) {
  private static final int LONGEST_TITLE = 24;

  public Modal {
    blocks = List.copyOf(blocks);
    Set<Action> asked = new HashSet<>();
    boolean twice =
        blocks.stream().anyMatch(b -> b instanceof Block.Input i && !asked.add(i.action()));
    if (title.length() > LONGEST_TITLE
        || submit.map(String::length).orElse(0) > LONGEST_TITLE
        || !memory.matches("[A-Za-z0-9._:-]{0,300}")
        || twice
        || submit.isEmpty() != asked.isEmpty()) {
      throw new IllegalArgumentException("no modal that Slack takes: " + title);
    }
  }
}

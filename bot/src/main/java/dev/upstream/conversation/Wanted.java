package dev.upstream.conversation;

import java.util.Optional;

/**
 * A message as it should be; the newest revision is the one that counts.
 *
 * @param id its own, the same in every revision; Slack carries it as the message's metadata
 * @param run the check it speaks of
 * @param parent the id of the message whose thread it stands in; it waits for that one, and for its
 *     last state once that is known
 * @param position in the parent's thread: lower ones go first
 * @param revision rises with every state
 * @param last whether this is how the run leaves it: it is not held back to spare edits, and only
 *     another last state, or another run, changes it again
 */
public record Wanted(
    String id,
    Optional<String> run,
    Place place,
    Optional<String> parent,
    int position,
    Content content,
    long revision,
    boolean last) {
  /** The message that a run's story begins with. */
  public static Wanted headline(String id, String run, Place place, Content content) {
    return new Wanted(id, Optional.of(run), place, Optional.empty(), 0, content, 0, false);
  }

  /** A message in the thread of this one. */
  public Wanted below(String childId, int childPosition, Content childContent) {
    return new Wanted(childId, run, place, Optional.of(id), childPosition, childContent, 0, true);
  }

  /** The next state of the same message. */
  public Wanted now(Content newContent, boolean nowLast) {
    return new Wanted(id, run, place, parent, position, newContent, revision + 1, nowLast);
  }

  /** The same state under another number. */
  public Wanted at(long newRevision) {
    return new Wanted(id, run, place, parent, position, content, newRevision, last);
  }
}

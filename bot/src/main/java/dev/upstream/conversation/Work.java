package dev.upstream.conversation;

import dev.upstream.answer.Question;
import java.util.Map;

/** What the job of a run does. */
public interface Work {
  /** The clusters that the question will be put to, and how many checks each takes at once. */
  Map<String, Integer> clusters(Question question);

  /**
   * Looks, and ends the run by {@link Ledger#finish} or puts that off by {@link Ledger#found}. It
   * may be called again, in any replica, when a replica dies in the middle or this throws.
   */
  void run(Run run) throws InterruptedException;

  /** Says that others go first: nobody has begun the run yet. */
  void waits(Run run);

  /**
   * Ends a run whose answer was found, if it can be told now; else it is called again later, in any
   * replica.
   *
   * @param failures how often in a row this broke, or the replica that did it died
   */
  void tell(Run run, int failures);

  /** Does what was claimed with {@link Ledger#claim} and never done; some of it may be done. */
  void takeUp(String work);

  /** Ends the run as failed: it was tried often enough. */
  void giveUp(Run run);
}

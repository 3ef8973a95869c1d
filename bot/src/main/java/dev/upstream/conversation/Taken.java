package dev.upstream.conversation;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that one courier has for a while.
 *
 * @param lease names this taking: what is reported under a lapsed one has no effect
 * @param leaseEnds when somebody else may take it
 * @param ts of the message, once Slack has it
 * @param thread the ts of the message to answer under
 * @param file Slack's id of a file that is uploaded, but perhaps not yet shared
 * @param unknown whether Slack may have it already: it is to be looked for before it is posted
 * @param anew whether it was posted a second time because somebody took it away
 * @param tries how often it went wrong since it last went well
 * @param since when it was first wanted
 */
public record Taken(
    Wanted wanted,
    String lease,
    Instant leaseEnds,
    Optional<String> ts,
    Optional<String> thread,
    Optional<String> file,
    boolean unknown,
    boolean anew,
    int tries,
    Instant since) {
  /** The same taking of another state. */
  public Taken with(Wanted other) {
    return new Taken(other, lease, leaseEnds, ts, thread, file, unknown, anew, tries, since);
  }
}

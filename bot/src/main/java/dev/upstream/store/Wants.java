package dev.upstream.store;

import dev.upstream.conversation.Content;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Wanted;
import dev.upstream.store.MessageRow.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rules by which a newly wanted state of a message takes the place of the one before. */
final class Wants {
  private Wants() {}

  /** The newest revision wins. */
  static void want(Connection c, Wanted wanted, Instant now) throws SQLException {
    Optional<MessageRow> before = addOrLock(c, wanted, now);
    if (before.isPresent() && newer(wanted, before.get().wanted())) {
      replace(c, before.get(), wanted, now);
    }
  }

  /** The first word of a run, even in the place of one that Slack did not take. */
  static void begin(Connection c, Wanted wanted, Instant now) throws SQLException {
    Optional<MessageRow> before = addOrLock(c, wanted, now);
    if (before.isPresent()) {
      long revision = Math.max(wanted.revision(), before.get().wanted().revision() + 1);
      before.get().replace(c, wanted.at(revision), due(before.get(), wanted, now), now);
    }
  }

  /** The last word of a run, whatever revision others reached. */
  static void settle(Connection c, Wanted wanted, Instant now) throws SQLException {
    Optional<MessageRow> before = addOrLock(c, wanted, now);
    if (before.isPresent()) {
      long revision = Math.max(wanted.revision(), before.get().wanted().revision() + 1);
      replace(c, before.get(), wanted.at(revision), now);
    }
  }

  /**
   * What earlier runs still had to say in a thread that this one begins anew: it would stand below
   * the newer answer. Files stay, since somebody asked for each.
   */
  static void overtake(Connection c, String run, List<Wanted> words, Instant now)
      throws SQLException {
    List<String> threads =
        words.stream()
            .filter(w -> w.position() == 0)
            .flatMap(w -> w.parent().stream())
            .distinct()
            .sorted()
            .toList();
    for (String thread : threads) {
      Sql.run(
          c,
          "UPDATE message SET state = 'FAILED', why = 'a newer answer', changed_at = ?"
              + " WHERE parent = ? AND run <> ? AND kind = 'POST' AND state = 'WAITING'"
              + " AND sent_revision IS NULL AND lease IS NULL",
          now,
          thread,
          run);
    }
  }

  /** Empty when the message was added just now. */
  private static Optional<MessageRow> addOrLock(Connection c, Wanted wanted, Instant now)
      throws SQLException {
    while (true) {
      Optional<MessageRow> before = MessageRow.locked(c, wanted.id());
      if (before.isPresent()) {
        return before;
      }
      if (MessageRow.insert(c, wanted, first(c, wanted), now)) {
        return Optional.empty();
      }
    }
  }

  /** What stands in the thread of a message that Slack will never take is not even tried. */
  private static State first(Connection c, Wanted wanted) throws SQLException {
    if (wanted.parent().isEmpty()) {
      return State.WAITING;
    }
    return MessageRow.locked(c, wanted.parent().get())
        .map(MessageRow::state)
        .filter(s -> s == State.FAILED)
        .orElse(State.WAITING);
  }

  private static boolean newer(Wanted wanted, Wanted before) {
    boolean lateProgress = before.last() && !wanted.last() && before.run().equals(wanted.run());
    return wanted.revision() > before.revision() && !lateProgress;
  }

  private static void replace(Connection c, MessageRow row, Wanted wanted, Instant now)
      throws SQLException {
    boolean saidOnce =
        row.sentRevision().isPresent()
            && !(row.wanted().content() instanceof Content.Post
                || row.wanted().content() instanceof Content.Nothing);
    if (row.state() != State.FAILED && !saidOnce) {
      row.replace(c, wanted, due(row, wanted, now), now);
    }
  }

  private static Instant due(MessageRow row, Wanted wanted, Instant now) {
    if (row.tries() > 0) {
      return row.due();
    }
    if (wanted.last() || row.sentAt().isEmpty()) {
      return now;
    }
    Instant next = row.sentAt().get().plus(Outbox.EDIT_EVERY);
    return next.isAfter(now) ? next : now;
  }
}

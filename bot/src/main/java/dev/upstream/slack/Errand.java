package dev.upstream.slack;

import dev.upstream.conversation.Content;
import dev.upstream.conversation.Door;
import dev.upstream.conversation.Method;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Taken;
import dev.upstream.conversation.Wanted;
import dev.upstream.slack.Courier.Undelivered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one message to Slack and reports what became of it. */
final class Errand {
  private static final Logger LOG = LoggerFactory.getLogger(Errand.class);

  /** What one call may take, and some more: nobody else may have the message before it ends. */
  static final Duration ONE_CALL = Duration.ofSeconds(17);

  private static final long LONGEST_WAIT_SECONDS = 30;
  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final Duration OPERATOR_WAIT = Duration.ofMinutes(1);

  /** Slack takes answers there for half an hour. */
  private static final Duration RESPONSE_URL_LIFE = Duration.ofMinutes(25);

  /** Slack's words for what somebody has to put right: nothing is lost until then. */
  private static final Set<String> FOR_THE_OPERATOR =
      Set.of(
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "missing_scope",
          "not_allowed_token_type",
          "org_login_required",
          "accesslimited",
          "team_access_not_granted");

  private static final Outcome GONE = new Outcome.Refused("message_not_found");

  /** Slack's words for a message that the workspace lets nobody edit any more. */
  private static final Set<String> NOT_TO_EDIT =
      Set.of("edit_window_closed", "cant_update_message");

  /** Slack's words for blocks that it does not like; the words are taken without them. */
  private static final Set<String> BAD_BLOCKS =
      Set.of("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long");

  private final Outbox outbox;
  private final Wire wire;
  private final Search search;
  private final Undelivered undelivered;
  private final InstantSource clock;

  Errand(Outbox outbox, SlackApi slack, Undelivered undelivered, InstantSource clock) {
    this.outbox = outbox;
    this.wire = new Wire(slack);
    this.search = new Search(slack, outbox, clock);
    this.undelivered = undelivered;
    this.clock = clock;
  }

  void run(Taken message) {
    switch (message.wanted().content()) {
      case Content.Post post -> post(message, post);
      case Content.Whisper whisper -> whisper(message, whisper);
      case Content.Upload upload -> upload(message, upload);
      case Content.Nothing n -> takeBack(message);
    }
  }

  private void post(Taken message, Content.Post post) {
    if (message.ts().isPresent()) {
      update(message, message.ts().get(), post);
      return;
    }
    if (message.unknown() && !surelyAbsent(message, search.message(message))) {
      return;
    }
    if (tooLate(message)) {
      return;
    }
    Outcome outcome = wire.post(message, post, false);
    if (withoutBlocks(message, outcome)) {
      if (tooLate(message)) {
        return;
      }
      outcome = wire.post(message, post, true);
    }
    report(message, Method.POST, outcome);
  }

  private void update(Taken message, String ts, Content.Post post) {
    Outcome outcome = wire.update(message, ts, post, false);
    if (withoutBlocks(message, outcome)) {
      outcome = wire.update(message, ts, post, true);
    }
    boolean stays = outcome instanceof Outcome.Refused r && NOT_TO_EDIT.contains(r.error());
    if (stays && !message.wanted().last()) { // a step on the way is not worth a second message
      outbox.sent(message, Optional.of(ts), clock.instant());
    } else if (stays) {
      outbox.gone(message, Contents.replacing(post), clock.instant());
    } else if (outcome.equals(GONE) && !message.anew()) {
      outbox.gone(message, post, clock.instant());
    } else {
      report(message, Method.UPDATE, outcome);
    }
  }

  private static boolean withoutBlocks(Taken message, Outcome outcome) {
    boolean bad = outcome instanceof Outcome.Refused r && BAD_BLOCKS.contains(r.error());
    if (bad) {
      LOG.error("Slack took the blocks of message {} for wrong", message.wanted().id());
    }
    return bad;
  }

  /** False when the search settled the matter for this time. */
  private boolean surelyAbsent(Taken message, Search.Result result) {
    switch (result) {
      case Search.Result.Absent a -> {
        return true;
      }
      case Search.Result.Found found -> {
        long posted = Math.min(found.revision(), message.wanted().revision());
        outbox.sent(
            message.with(message.wanted().at(posted)), Optional.of(found.ts()), clock.instant());
      }
      case Search.Result.Closed closed -> outbox.later(message, closed.until(), "search waits");
      case Search.Result.Failed failed -> report(message, failed.door(), failed.outcome());
    }
    return false;
  }

  /** Nothing is begun that may still be under way when the message is somebody else's. */
  private boolean tooLate(Taken message) {
    Instant now = clock.instant();
    boolean late = now.plus(ONE_CALL).isAfter(message.leaseEnds());
    if (late) {
      outbox.later(message, now, "it took long");
    }
    return late;
  }

  private void whisper(Taken message, Content.Whisper whisper) {
    if (message.unknown()) {
      fail(message, "outcome_unknown");
      return;
    }
    boolean here =
        whisper.responseUrl().filter(wire::mayAnswerTo).isPresent()
            && message.since().plus(RESPONSE_URL_LIFE).isAfter(clock.instant());
    Outcome outcome =
        here
            ? wire.respond(whisper.responseUrl().orElseThrow(), whisper)
            : new Outcome.Refused("no response_url");
    if (!(outcome instanceof Outcome.Refused)) {
      report(message, Method.WHISPER, outcome);
      return;
    }
    Optional<Instant> closed =
        whisper.responseUrl().isPresent()
            ? outbox.reserve(Method.WHISPER.at(message.wanted().place()), clock.instant())
            : Optional.empty();
    if (closed.isPresent()) {
      outbox.later(message, closed.get(), "whispers wait");
      return;
    }
    report(message, Method.WHISPER, wire.whisper(message, whisper));
  }

  private void upload(Taken message, Content.Upload upload) {
    if (message.file().isPresent()) {
      String file = message.file().get();
      if (!message.unknown() || surelyAbsent(message, search.file(message, file))) {
        share(message, file, upload);
      }
      return;
    }
    switch (wire.address(upload)) {
      case Wire.Address.None none -> report(message, Method.UPLOAD, harmless(none.outcome()));
      case Wire.Address.Given given -> {
        Outcome outcome = wire.upload(given.url(), upload);
        if (outcome instanceof Outcome.Done) {
          outbox.uploaded(message, Optional.of(given.file()));
          share(message, given.file(), upload);
        } else {
          report(message, Method.UPLOAD, harmless(outcome));
        }
      }
    }
  }

  /** Nobody sees a file that is not shared. */
  private static Outcome harmless(Outcome outcome) {
    return outcome instanceof Outcome.Unknown u ? new Outcome.NotDone(u.why()) : outcome;
  }

  private void share(Taken message, String file, Content.Upload upload) {
    Instant now = clock.instant();
    Optional<Instant> closed = outbox.reserve(Method.SHARE.at(message.wanted().place()), now);
    if (closed.isPresent()) {
      outbox.later(message, closed.get(), "files wait");
      return;
    }
    if (tooLate(message)) {
      return;
    }
    Outcome outcome = wire.share(message, file, upload);
    if (outcome.equals(new Outcome.Refused("file_not_found")) && message.tries() < 3) {
      outbox.uploaded(message, Optional.empty());
      outbox.later(message, now.plusSeconds(1), "Slack lost the file");
      return;
    }
    report(message, Method.SHARE, outcome);
  }

  private void takeBack(Taken message) {
    Optional<String> ts = message.ts();
    if (ts.isEmpty() && message.unknown()) {
      Search.Result result = search.message(message);
      if (!(result instanceof Search.Result.Found found)) {
        if (surelyAbsent(message, result)) {
          outbox.sent(message, Optional.empty(), clock.instant());
        }
        return;
      }
      ts = Optional.of(found.ts());
    }
    if (ts.isEmpty()) {
      outbox.sent(message, Optional.empty(), clock.instant());
      return;
    }
    Outcome outcome = wire.delete(message, ts.get());
    report(message, Method.DELETE, outcome.equals(GONE) ? new Outcome.Done(ts) : outcome);
  }

  private void report(Taken message, Method method, Outcome outcome) {
    report(message, method.at(message.wanted().place()), outcome);
  }

  private void report(Taken message, Door door, Outcome outcome) {
    Instant now = clock.instant();
    switch (outcome) {
      case Outcome.Done done -> outbox.sent(message, done.ts(), now);
      case Outcome.NotDone not -> outbox.later(message, backoff(message, now), not.why());
      case Outcome.Unknown unknown -> outbox.unknown(message, settled(message, now), unknown.why());
      case Outcome.Limited limited -> {
        outbox.close(door, now.plus(limited.patience()));
        outbox.later(message, now.plus(limited.patience()), "429");
      }
      case Outcome.Refused refused -> refused(message, refused.error(), now);
    }
  }

  private void refused(Taken message, String error, Instant now) {
    if (Attempt.inDoubt(error)) {
      outbox.unknown(message, settled(message, now), error);
    } else if (Attempt.limited(error)) {
      outbox.later(message, now.plusSeconds(LONGEST_WAIT_SECONDS), error);
    } else if (FOR_THE_OPERATOR.contains(error)) {
      LOG.error("Slack refuses the bot ({}): messages wait until that is put right", error);
      outbox.later(message, now.plus(OPERATOR_WAIT), error);
    } else {
      fail(message, error);
    }
  }

  private void fail(Taken message, String error) {
    LOG.warn("Slack does not take message {}: {}", message.wanted().id(), error);
    List<Wanted> instead = undelivered.instead(message.wanted(), error);
    outbox.failed(message, error, instead, clock.instant());
  }

  /** Slack may still be at work on it; a look that comes too early finds nothing. */
  private static Instant settled(Taken message, Instant now) {
    Instant soon = now.plus(SETTLING);
    Instant later = backoff(message, now);
    return later.isAfter(soon) ? later : soon;
  }

  private static Instant backoff(Taken message, Instant now) {
    return now.plusSeconds(Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(message.tries(), 6)));
  }
}

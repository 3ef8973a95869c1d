package dev.upstream.slack;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Question;
import dev.upstream.answer.Recording;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Notes;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Recordings;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Work;
import dev.upstream.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a check's job does: it looks, keeps what it saw, and words the end for all who wait. */
public final class Conversation implements Work {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private static final Duration LISTEN = Duration.ofMillis(500);

  /** Larger recordings are not kept: buttons then say that it can't be looked at again. */
  private static final int LARGEST = 16 * 1024 * 1024;

  private final Collector collector;
  private final Ledger ledger;
  private final Recordings recordings;
  private final Story story;
  private final Clicks clicks;
  private final InstantSource clock;
  private final Runnable wake;
  private final KeptRefusals refusals;
  private final Turn turn;
  private final Progress progress;

  /**
   * @param wake tells the courier that something is wanted
   */
  Conversation(
      Collector collector,
      Ledger ledger,
      Outbox outbox,
      Notes notes,
      Recordings recordings,
      Story story,
      Clicks clicks,
      InstantSource clock,
      Turn turn,
      Runnable wake) {
    this.collector = collector;
    this.ledger = ledger;
    this.recordings = recordings;
    this.story = story;
    this.clicks = clicks;
    this.clock = clock;
    this.refusals = new KeptRefusals(notes);
    this.turn = turn;
    this.wake = wake;
    this.progress = new Progress(collector, ledger, outbox, story, clock, wake);
  }

  @Override
  public Map<String, Integer> clusters(Question question) {
    return turn.clusters(question);
  }

  @Override
  public void run(Run run) throws InterruptedException {
    Recording recording = new Recording(collector);
    Reply reply;
    try {
      reply = looked(run, recording);
    } catch (RuntimeException | StackOverflowError bug) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException("the replica stops");
      }
      broke(run, bug);
      return;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("the replica stops");
    }
    boolean kept = !needsSight(reply) || keep(run, recording);
    boolean lastTry = run.attempt() > 1;
    if (!awaitsSlack(run) && tell(run, reply, recording.seen(), lastTry)) {
      return;
    }
    if (reply instanceof Reply.Refused refused) {
      refusals.keep(run, refused, clock.instant());
    }
    if (kept) {
      ledger.found(run, clock.instant());
      return;
    }
    do {
      awaitSlack(run);
    } while (!tell(run, reply, recording.seen(), lastTry));
  }

  /** Whether more than its words has to be known to tell it. */
  private static boolean needsSight(Reply reply) {
    return reply instanceof Reply.Answered
        || reply instanceof Reply.Refused r && r.why() == Reply.Refused.Why.SEVERAL;
  }

  /**
   * Who may see the answer is Slack's to say: while it does not, the answer waits, since it could
   * not be posted either.
   */
  private boolean awaitsSlack(Run run) {
    return ledger.headlines(run.id()).stream().anyMatch(h -> story.waits(run, h));
  }

  /** What could not be kept is held here; the clusters are left to others. */
  private void awaitSlack(Run run) throws InterruptedException {
    ledger.leave(run);
    Instant end = clock.instant().plus(Story.LONGEST_SILENCE);
    do {
      Thread.sleep(LISTEN);
    } while (awaitsSlack(run) && clock.instant().isBefore(end));
  }

  @Override
  public void tell(Run run, int failures) {
    Instant end = run.found().orElseThrow().plus(Story.LONGEST_SILENCE);
    if (clock.instant().isBefore(end) && awaitsSlack(run)) {
      return;
    }
    SortedMap<String, Snapshot> seen;
    Reply reply;
    try {
      seen = ledger.kept(run.id()).map(recordings::unpack).orElseGet(TreeMap::new);
      reply = found(run, seen);
    } catch (RuntimeException | StackOverflowError bug) {
      if (failures == 0 && bug instanceof RuntimeException e) {
        throw e;
      }
      broke(run, bug);
      return;
    }
    if (!tell(run, reply, seen, failures > 0)) {
      LOG.info("Check {} is told later: Slack does not say who may see it", run.id());
    }
  }

  /** The answer again, as it was found. */
  private Reply found(Run run, SortedMap<String, Snapshot> seen) {
    return refusals
        .of(run, clock.instant())
        .<Reply>map(r -> r)
        .orElseGet(() -> new Answering(collector).again(run.question(), seen));
  }

  /**
   * A store that is away for a moment breaks it too: it is tried again, but for the last time.
   *
   * @return false, and nothing done, while Slack does not say who somebody is
   */
  private boolean tell(Run run, Reply reply, SortedMap<String, Snapshot> seen, boolean lastTry) {
    try {
      tell(run, reply, seen);
    } catch (NotSaid silent) {
      return false;
    } catch (RuntimeException bug) {
      if (!lastTry) {
        throw bug;
      }
      broke(run, bug);
    }
    return true;
  }

  /**
   * Without it the answer is told all the same; its buttons then say that it is not kept.
   *
   * @return whether it is
   */
  private boolean keep(Run run, Recording recording) {
    try {
      Bytes seen = recordings.pack(recording.seen());
      if (seen.size() <= LARGEST) {
        return ledger.keep(run, seen, clock.instant());
      }
    } catch (RuntimeException e) {
      LOG.warn("What check {} saw is not kept: {}", run.id(), Trace.of(e));
    }
    return false;
  }

  /**
   * What Slack is asked for is asked before the end is written, where nobody else can write; for
   * who joins in between, once more.
   */
  private void tell(Run run, Reply reply, SortedMap<String, Snapshot> seen) {
    Ending ending = new Ending(run, reply, seen, ledger, story);
    do {
      ending.find();
    } while (!ended(run, reply, ending));
    wake.run();
  }

  /** False, and nothing done, when words are missing for somebody. */
  private boolean ended(Run run, Reply reply, Ending ending) {
    RunState state = reply instanceof Reply.Answered ? RunState.ANSWERED : RunState.REFUSED;
    try {
      ledger.finish(run, state, ending::words, clock.instant());
      return true;
    } catch (Ending.Joined late) {
      return false;
    }
  }

  private Reply looked(Run run, Recording recording) {
    try (Progress.Ticking ticking = progress.of(run, recording)) {
      return new Answering(recording).answer(run.question());
    }
  }

  @Override
  public void waits(Run run) {
    progress.waits(run);
  }

  private void broke(Run run, Throwable bug) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    LOG.error("Error {}: the check of {} broke: {}", id, Story.shown(run), Trace.of(bug));
    end(run, EndBlocks.Failure.BUG, id);
  }

  @Override
  public void takeUp(String work) {
    KeptPress.parse(work).ifPresent(clicks::pressed);
  }

  @Override
  public void giveUp(Run run) {
    end(run, EndBlocks.Failure.CUT_OFF, run.id());
  }

  private void end(Run run, EndBlocks.Failure why, String errorId) {
    ledger.finish(
        run,
        RunState.FAILED,
        headlines ->
            headlines.stream().flatMap(h -> story.failed(run, h, why, errorId).stream()).toList(),
        clock.instant());
    wake.run();
  }
}

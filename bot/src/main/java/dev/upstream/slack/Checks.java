package dev.upstream.slack;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs checks behind the acknowledgement and tells their story: headline, answer, thread. */
public final class Checks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checks.class);
  private static final int WAITING_PER_RUNNING = 10;
  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  private final Supplier<Answering> answering;
  private final SlackApi slack;
  private final OutgoingGuard guard;
  private final ZoneId zone;
  private final Semaphore turns;
  private final AtomicInteger taken = new AtomicInteger();
  private final int mostTaken;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("check-", 0).factory());

  /**
   * @param parallel checks at the same time; more wait for their turn
   */
  public Checks(
      Supplier<Answering> answering,
      SlackApi slack,
      OutgoingGuard guard,
      ZoneId zone,
      int parallel) {
    this.answering = answering;
    this.slack = slack;
    this.guard = guard;
    this.zone = zone;
    this.turns = new Semaphore(parallel, true);
    this.mostTaken = parallel * (1 + WAITING_PER_RUNNING);
  }

  /** Begins a check; false when too many wait already. */
  boolean begin(Question question, Asker asker) {
    if (taken.incrementAndGet() > mostTaken) {
      taken.decrementAndGet();
      return false;
    }
    threads.execute(
        () -> {
          try {
            run(question, asker);
          } finally {
            taken.decrementAndGet();
          }
        });
    return true;
  }

  private void run(Question question, Asker asker) {
    String target =
        TargetParser.parse(question.target()).map(Target::shown).orElse(question.target());
    Instant asked = Instant.now();
    Message looking =
        ProgressBlocks.looking(
            new ProgressBlocks.Looking(
                target, asker.name(), List.of(), List.of(), ProgressBlocks.Stage.ASKING, asked),
            zone,
            asked);
    switch (slack.post(asker.channel(), Optional.empty(), guard.pass(looking))) {
      case Delivery.Sent headline -> answer(question, target, asker, headline.ts());
      case Delivery.NotInChannel n -> whisper(asker, NoteBlocks.invite(botName()));
      case Delivery.Gone g -> whisper(asker, NoteBlocks.notTaken("no such channel"));
      case Delivery.Failed f -> whisper(asker, NoteBlocks.notTaken(f.error()));
    }
  }

  private void answer(Question question, String target, Asker asker, String headline) {
    try {
      switch (inTurn(question)) {
        case Reply.Answered answered -> tell(answered, asker, headline);
        case Reply.Refused refused -> takeBack(refused, asker, headline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("A check was cut short: the service stops");
    } catch (RuntimeException | StackOverflowError bug) {
      String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
      LOG.error("Error {}: the check of {} broke: {}", id, target, Trace.of(bug));
      edit(
          asker,
          headline,
          EndBlocks.failed(EndBlocks.Failure.BUG, target, asker.name(), id, Handle.of(id)));
    }
  }

  private Reply inTurn(Question question) throws InterruptedException {
    turns.acquire();
    try {
      return answering.get().answer(question);
    } finally {
      turns.release();
    }
  }

  private void tell(Reply.Answered answered, Asker asker, String headline) {
    Handle check = Handle.of(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    Telling telling = Telling.of(check, asker.name(), zone, Instant.now());
    Message head = HeadlineBlocks.answered(answered, telling);
    String thread = edit(asker, headline, head);
    for (Message message : ThreadBlocks.of(answered, telling)) {
      Delivery delivery = slack.post(asker.channel(), Optional.of(thread), guard.pass(message));
      if (!(delivery instanceof Delivery.Sent)) {
        LOG.warn("The thread of a check stays unfinished: {}", delivery);
        return;
      }
    }
  }

  /** Edits the headline; where someone took it away, the answer comes as a new one. */
  private String edit(Asker asker, String headline, Message message) {
    Delivery edited = slack.update(asker.channel(), headline, guard.pass(message));
    if (edited instanceof Delivery.Gone
        && slack.post(asker.channel(), Optional.empty(), guard.pass(message))
            instanceof Delivery.Sent anew) {
      return anew.ts();
    }
    if (!(edited instanceof Delivery.Sent)) {
      LOG.warn("The headline of a check was not edited: {}", edited);
    }
    return headline;
  }

  /** A wrong question concerns the asker alone. */
  private void takeBack(Reply.Refused refused, Asker asker, String headline) {
    Message sentence = NoteBlocks.sentence(refused.sentence());
    if (slack.delete(asker.channel(), headline) instanceof Delivery.Failed) {
      edit(asker, headline, sentence);
    } else {
      whisper(asker, sentence);
    }
  }

  private void whisper(Asker asker, Message message) {
    Delivery delivery = slack.whisper(asker, guard.pass(message));
    if (!(delivery instanceof Delivery.Sent)) {
      LOG.warn("The asker could not be told: {}", delivery);
    }
  }

  private String botName() {
    return Optional.ofNullable(slack.identity().getUser()).orElse("upstream");
  }

  /** Lets running checks say their last words. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

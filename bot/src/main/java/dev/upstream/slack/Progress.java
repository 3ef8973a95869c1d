package dev.upstream.slack;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Recording;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says under every headline of a check how far it is, until it has an end. */
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  /** Whoever waited is told that it is looked at, unless the answer comes even sooner. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Duration TICK = Duration.ofSeconds(4);

  private final Collector collector;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Story story;
  private final InstantSource clock;
  private final Runnable wake;

  Progress(
      Collector collector,
      Ledger ledger,
      Outbox outbox,
      Story story,
      InstantSource clock,
      Runnable wake) {
    this.collector = collector;
    this.ledger = ledger;
    this.outbox = outbox;
    this.story = story;
    this.clock = clock;
    this.wake = wake;
  }

  /** Something that goes on until it is closed. */
  interface Ticking extends AutoCloseable {
    @Override
    void close();
  }

  /** Every few seconds, while a recording is made. */
  Ticking of(Run run, Recording recording) {
    Thread ticker =
        Thread.ofVirtual().name("looking-" + run.id()).start(() -> tick(run, recording));
    return ticker::interrupt;
  }

  /** Once: others go first. */
  void waits(Run run) {
    tell(run, List.of(), Progress::saysOtherwise);
  }

  private void tick(Run run, Recording recording) {
    try {
      Thread.sleep(SOON);
      tell(run, answered(recording), Progress::saysOtherwise);
      while (true) {
        Thread.sleep(TICK);
        tell(run, answered(recording), (said, words) -> true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> answered(Recording recording) {
    return List.copyOf(recording.seen().keySet());
  }

  /** One that waited has other words than one that began at once. */
  private static boolean saysOtherwise(Content said, Content.Post words) {
    return said instanceof Content.Post p && !p.text().equals(words.text());
  }

  /**
   * @param worth what is said now, and what would be: whether that is worth an edit
   */
  private void tell(Run run, List<String> answered, BiPredicate<Content, Content.Post> worth) {
    try {
      List<String> clusters = new Answering(collector).starts(run.question());
      List<Wanted> words = new ArrayList<>();
      for (Wanted headline : ledger.headlines(run.id())) {
        Content.Post looking = story.looking(run, headline, clusters, answered);
        if (!headline.last() && worth.test(headline.content(), looking)) {
          words.add(headline.now(looking, false));
        }
      }
      if (!words.isEmpty()) {
        outbox.want(words, clock.instant());
        wake.run();
      }
    } catch (RuntimeException e) {
      LOG.warn("The progress of check {} is not told: {}", run.id(), Trace.of(e));
    }
  }
}

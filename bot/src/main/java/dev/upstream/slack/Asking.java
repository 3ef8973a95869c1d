package dev.upstream.slack;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Begun;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Begins checks, whoever asks and by whatever means. When it returns, the check is committed: it
 * will come to an end even if this replica does not.
 */
final class Asking {
  private final Collector collector;
  private final Ledger ledger;
  private final Askers askers;
  private final Rights rights;
  private final Story story;
  private final InstantSource clock;
  private final Runnable wake;
  private final SlackApi slack;
  private final Turn turn;

  Asking(
      Collector collector,
      Ledger ledger,
      Askers askers,
      Rights rights,
      Story story,
      InstantSource clock,
      Runnable wake,
      SlackApi slack,
      Turn turn) {
    this.collector = collector;
    this.ledger = ledger;
    this.askers = askers;
    this.rights = rights;
    this.story = story;
    this.clock = clock;
    this.wake = wake;
    this.slack = slack;
    this.turn = turn;
  }

  /**
   * Begins a check, or joins the one in flight.
   *
   * @param delivery the request's own id: the same one again begins nothing
   * @return what the asker alone is told; empty when the headline says it all
   */
  Optional<Message> ask(Question typed, Asker asker, String delivery) {
    Optional<Reply.Refused> refusal = refusal(typed, asker);
    if (refusal.isPresent()) {
      return Optional.of(NoteBlocks.sentence(refusal.get().sentence()));
    }
    Question question = rights.narrowed(asker.person(), typed.redacted());
    Instant now = clock.instant();
    Run run = Run.of(ShortId.next(), asker, question, now);
    String id = ShortId.next();
    askers.remember(id, asker, now);
    return begun(
        run, Wanted.headline(id, run.id(), asker.place(), new Content.Nothing()), delivery, now);
  }

  /** Looks again, in the message that is there. */
  Optional<Message> again(Run old, Wanted headline, Asker asker, String delivery) {
    Optional<Reply.Refused> refusal = refusal(old.question(), asker);
    if (refusal.isPresent()) {
      return Optional.of(NoteBlocks.sentence(refusal.get().sentence()));
    }
    Instant now = clock.instant();
    Run run = Run.of(ShortId.next(), asker, old.question(), now);
    Wanted next =
        new Wanted(
            headline.id(),
            Optional.of(run.id()),
            headline.place(),
            headline.parent(),
            headline.position(),
            headline.content(),
            headline.revision() + 1,
            false);
    askers.remember(headline.id(), old.id(), askers.of(headline, old.asker(), now), now);
    askers.remember(headline.id(), asker, now); // if it joins a check, which one is not known yet
    askers.remember(headline.id(), run.id(), asker, now);
    return begun(run, next, delivery, now);
  }

  private Wanted withWords(Run run, Wanted headline) {
    List<String> clusters = new Answering(collector).starts(run.question());
    return new Wanted(
        headline.id(),
        headline.run(),
        headline.place(),
        headline.parent(),
        headline.position(),
        story.looking(run, headline, clusters, List.of()),
        headline.revision(),
        false);
  }

  private Optional<Reply.Refused> refusal(Question question, Asker asker) {
    return rights
        .refusal(asker.person(), question)
        .or(() -> new Answering(collector).refusal(question));
  }

  private Message linked(Run run, Begun.Linked there, Instant now) {
    Asker first = there.run().asker();
    String name =
        ledger.headlines(there.run().id()).stream()
            .filter(h -> h.id().equals(there.headline()))
            .findFirst()
            .map(h -> askers.of(h, first, now))
            .orElse(first)
            .person()
            .name();
    String channel = run.asker().place().channel();
    return NoteBlocks.joined(
        Story.shown(run),
        name,
        there.ts().flatMap(ts -> slack.link(channel, ts, NoteBlocks.theMessageOf(name))));
  }

  private Optional<Message> begun(Run run, Wanted headline, String delivery, Instant now) {
    return switch (turn.of(run, ledger)) {
      case TOO_MANY -> Optional.of(NoteBlocks.tooMany());
      case WAITS -> begin(run.waiting(), headline, delivery, now);
      case AT_ONCE -> begin(run, headline, delivery, now);
    };
  }

  private Optional<Message> begin(Run run, Wanted headline, String delivery, Instant now) {
    Begun begun = ledger.begin(run, withWords(run, headline), delivery, now);
    wake.run();
    return switch (begun) {
      case Begun.New n -> Optional.empty();
      case Begun.Joined j -> {
        askers.remember(headline.id(), j.run().id(), run.asker(), now);
        yield Optional.empty();
      }
      case Begun.Duplicate d -> Optional.empty();
      case Begun.Linked l -> Optional.of(linked(run, l, now));
    };
  }
}

package dev.upstream.slack;

import dev.upstream.answer.Clearance;
import dev.upstream.answer.Reply;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.Wanted;
import java.util.Optional;

/** What Re-check does: the message is worth a new look, for those who may see all it shows. */
final class Again {
  private static final String LESS =
      "You may not see all that this message shows, so it is not looked at again for everybody"
          + " here. Ask for yourself with /upstream check.";

  private final Ledger ledger;
  private final Recall recall;
  private final Rights rights;
  private final Story story;
  private final Asking asking;

  Again(Ledger ledger, Recall recall, Rights rights, Story story, Asking asking) {
    this.ledger = ledger;
    this.recall = recall;
    this.rights = rights;
    this.story = story;
    this.asking = asking;
  }

  /** Returns what the person is told; empty where the message says it all. */
  Optional<Message> pressed(Handle handle, Press press) {
    Optional<Reply.Refused> shutOut = rights.shutOut(press.by().person());
    if (shutOut.isPresent()) {
      return note(shutOut.get().sentence());
    }
    Optional<Wanted> headline = ledger.run(handle.run()).flatMap(r -> recall.headline(r, press));
    Optional<Run> current = headline.flatMap(Wanted::run).flatMap(ledger::run);
    if (current.isEmpty()) {
      return note(Recall.GONE);
    }
    Run run = current.get();
    if (!run.id().equals(handle.run())) {
      boolean own = run.asker().equals(press.by()); // begun by this press, before a crash
      return own ? Optional.empty() : Optional.of(late(run));
    }
    if (!run.state().over()) {
      return note(
          "This is being looked at already; the message shows the answer when it is there.");
    }
    Optional<String> hidden = hidden(run, headline.orElseThrow(), press);
    return hidden.isPresent()
        ? note(hidden.get())
        : asking.again(run, headline.orElseThrow(), press.by(), press.delivery() + "/again");
  }

  /**
   * Why a person may not replace for all what a message shows: his right would decide what it shows
   * then. Empty too where what was seen is not kept.
   */
  private Optional<String> hidden(Run run, Wanted headline, Press press) {
    Optional<Recall.Told> told = recall.told(run).filter(t -> t.whole() instanceof Reply.Answered);
    if (told.isEmpty()) {
      return Optional.empty();
    }
    Reply whole = told.get().whole();
    Reply posted = story.posted(run, whole, told.get().seen(), headline).reply();
    Clearance.View view =
        rights.view(
            press.by().person(),
            headline.place(),
            run.question(),
            posted instanceof Reply.Answered ? posted : whole,
            told.get().seen());
    return switch (view.reply()) {
      case Reply.Refused r -> Optional.of(r.sentence());
      case Reply.Answered a -> view.leftOut().map(l -> LESS).or(() -> fewer(posted, a));
    };
  }

  /** A cluster of which the person may see nothing is left out without a word. */
  private static Optional<String> fewer(Reply posted, Reply.Answered seen) {
    return posted instanceof Reply.Answered shown && seen.clusters() < shown.clusters()
        ? Optional.of(LESS)
        : Optional.empty();
  }

  static Message late(Run newer) {
    return NoteBlocks.sentence(
        "You came late: "
            + newer.asker().person().name()
            + " had it checked again. The message shows the "
            + (newer.state().over() ? "newer answer." : "new answer when it is there."));
  }

  private static Optional<Message> note(String sentence) {
    return Optional.of(NoteBlocks.sentence(sentence));
  }
}

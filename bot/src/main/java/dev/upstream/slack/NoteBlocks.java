package dev.upstream.slack;

import dev.upstream.diagnosis.SameCause;
import java.util.List;
import java.util.Optional;

/** What only one person sees: a refusal in a sentence, an invitation, a word to who came late. */
public final class NoteBlocks {
  private NoteBlocks() {}

  public static Message sentence(String sentence) {
    return new Message(sentence, List.of(Block.Section.plain(sentence)));
  }

  /** The bot cannot write where it was asked. */
  public static Message invite(String bot) {
    return new Message(
        "Upstream is not in this channel.",
        List.of(
            Block.Section.rich(
                new Span.Words("I can't write here. In a channel, invite me by "),
                new Span.Code("/invite @" + bot),
                new Span.Words(" and ask again; in a conversation between people I can't join."))));
  }

  /**
   * The channel takes no message of the bot.
   *
   * @param error as Slack calls it
   */
  static Message refusedBySlack(String error) {
    String why =
        switch (error) {
          case "is_archived" -> "This channel is archived.";
          case "msg_too_long", "msg_blocks_too_long" -> "It was too long.";
          default -> "Perhaps only some may write here.";
        };
    return sentence(
        "Slack did not take my message here (" + error + "). " + why + " Ask in another channel.");
  }

  /**
   * Somebody asked the same just before.
   *
   * @param name of who did
   * @param headline empty while it is not posted yet
   */
  public static Message joined(String target, String name, Optional<Span.Link> headline) {
    String words = target + " is being looked at already: the answer comes in this channel, in ";
    String there = theMessageOf(name);
    return new Message(
        words + there + ".",
        List.of(
            Block.Section.rich(
                new Span.Words(words),
                headline.<Span>map(l -> l).orElseGet(() -> new Span.Words(there)),
                new Span.Words("."))));
  }

  static String theMessageOf(String name) {
    return "the message of " + name;
  }

  /** The button means nothing any more. */
  public static Message gone() {
    return sentence(
        "That button is too old: I no longer keep what it belongs to. Ask anew with /upstream"
            + " check.");
  }

  public static Message tooMany() {
    return sentence("Too many checks are waiting already. Ask again in a minute.");
  }

  public static Message muted(MuteNote mute, Times times) {
    return sentence(mute.words(times));
  }

  /**
   * A mute is in force.
   *
   * @param small whether the answer is shown small because of it
   */
  public static Message mutes(SameCause same, MuteNote mute, Times times, boolean small) {
    String until = "until " + times.minute(mute.until());
    return new Message(
        "Muted " + until + ": " + same.headline(),
        List.of(
            Block.Section.rich(
                new Span.Strong("Muted " + until), new Span.Words("  " + same.headline())),
            Block.Section.plain(
                "Reason: "
                    + mute.why()
                    + (small
                        ? " The answer is shown small until then."
                        : " The headline stays as it is: something else is wrong as well, or it is"
                            + " being looked at again.")
                    + " To undo this, press Unmute under the answer or in its thread; anyone"
                    + " may.")));
  }

  public static Message thanks(boolean useful) {
    return sentence(
        useful
            ? "Thank you. I keep your word with the answer."
            : "Thank you. I keep your word with what I saw, so that it can be studied. If you know"
                + " what it was, say it in the thread.");
  }
}

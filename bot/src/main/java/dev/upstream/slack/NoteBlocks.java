package dev.upstream.slack;

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

  /** The button was of an answer that was replaced since. */
  public static Message late(Span.Link newer) {
    return linked("That answer is no longer the newest one. The newest stands ", newer);
  }

  private static Message linked(String words, Span.Link there) {
    return new Message(
        words.strip() + " in another message",
        List.of(Block.Section.rich(new Span.Words(words), there, new Span.Words("."))));
  }

  /** The button means nothing any more. */
  public static Message gone() {
    return sentence(
        "That button is too old: I no longer keep what it belongs to. Ask anew with /upstream"
            + " check.");
  }

  /** Somebody else was faster. */
  public static Message already(String what, String by) {
    return sentence(what + " already: " + by + " did it a moment ago.");
  }

  /**
   * The person has no right to it.
   *
   * @param what in the form of "see namespace shop in cluster east"
   */
  public static Message denied(String what) {
    return sentence(
        "You may not "
            + what
            + ", so I show nothing of it. /upstream policy test says which rule applies; whoever"
            + " keeps policy.yml can change it.");
  }

  /** Slack did not take the message where it was asked for. */
  public static Message notTaken(String error) {
    return sentence("Slack did not take my message here (" + error + "), so I did not look.");
  }

  public static Message tooMany() {
    return sentence("Too many checks are waiting already. Ask again in a minute.");
  }

  public static Message muted(MuteNote mute, Times times) {
    return sentence(mute.words(times));
  }

  public static Message thanks(boolean useful) {
    return sentence(
        useful
            ? "Thank you. I keep your word with the answer."
            : "Thank you. I keep your word with what I saw, so that it can be studied. If you know"
                + " what it was, say it in the thread.");
  }
}

package dev.upstream.slack;

import java.util.List;

/** Whether an answer was of use. */
public final class FeedbackBlocks {
  private FeedbackBlocks() {}

  /** The question at the end of a thread. */
  public static Message asking(Handle check) {
    return new Message(
        "Was this answer useful?",
        List.of(
            Block.Context.plain(
                "Was this answer useful? Your word is kept with what was seen, so that wrong"
                    + " answers can be studied."),
            Block.Actions.of(
                Button.of(Action.USEFUL, check, "Useful", "This answer was useful"),
                Button.of(
                    Action.NOT_USEFUL, check, "Not useful", "This answer was wrong or no help"))));
  }

  /** The same with what people said; anyone may still say it. */
  public static Message told(Handle check, int useful, int notUseful) {
    Message asking = asking(check);
    return new Message(
        asking.notification(),
        List.of(
            Block.Context.plain(
                "Useful: "
                    + useful
                    + ", not useful: "
                    + notUseful
                    + ". Each person's last word counts."),
            asking.blocks().getLast()));
  }
}

package dev.upstream.slack;

import java.util.List;

/** The headline of a check that got no answer. */
public final class EndBlocks {
  private EndBlocks() {}

  /** Why there is none. */
  public enum Failure {
    /** The program itself is wrong. */
    BUG,
    /** It was cut off at every try. */
    CUT_OFF
  }

  /**
   * A failure with what to do.
   *
   * @param errorId what the bot's log names it by
   */
  public static Message failed(
      Failure failure, String target, String asker, String errorId, Handle check) {
    String title = "The check of " + target + " failed; nothing is known about it";
    return new Message(
        title,
        List.of(
            Block.Section.rich(new Span.Strong("\u26A0\uFE0F " + title)),
            Block.Section.plain(why(failure) + " " + todo(failure, errorId)),
            Block.Context.plain("Error " + errorId + ". Asked by " + asker + "."),
            Block.Actions.of(Button.recheck(check))));
  }

  private static String why(Failure failure) {
    return switch (failure) {
      case BUG -> "Upstream itself broke while it looked: that is its fault, not your service's.";
      case CUT_OFF -> "Upstream was interrupted each time it looked, and gave up.";
    };
  }

  private static String todo(Failure failure, String errorId) {
    return switch (failure) {
      case BUG ->
          "Press Re-check. If it fails again, give error "
              + errorId
              + " to whoever runs Upstream: the bot's log says why.";
      case CUT_OFF -> "Press Re-check.";
    };
  }

  /** Nothing there is named like that, or more than one thing is. */
  public static Message refused(String sentence, String asker) {
    return new Message(
        sentence,
        List.of(
            Block.Section.plain(sentence),
            Block.Context.plain("Nothing was checked. Asked by " + asker + ".")));
  }
}

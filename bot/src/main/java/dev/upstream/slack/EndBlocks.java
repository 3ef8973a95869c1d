package dev.upstream.slack;

import java.util.List;

/** The headline of a check that got no answer. */
public final class EndBlocks {
  private EndBlocks() {}

  /** Why there is none. */
  public enum Failure {
    /** The program itself is wrong. */
    BUG,
    /** It took longer than a check may. */
    TOO_LONG,
    /** It was cut off, and not only once. */
    CUT_OFF,
    /** So many checks were waiting that it was not begun. */
    TOO_MANY
  }

  /**
   * A failure with what to do.
   *
   * @param errorId what the bot's log names it by
   */
  public static Message failed(
      Failure failure, String target, String asker, String errorId, Handle check) {
    String title =
        "The check of "
            + target
            + (failure == Failure.TOO_MANY ? " was not begun" : " failed")
            + "; nothing is known about it";
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
      case TOO_LONG -> "The clusters did not answer in time.";
      case CUT_OFF -> "Upstream was restarted while it looked, more than once.";
      case TOO_MANY -> "Too many checks are waiting already.";
    };
  }

  private static String todo(Failure failure, String errorId) {
    return switch (failure) {
      case BUG ->
          "Press Re-check. If it fails again, give error "
              + errorId
              + " to whoever runs Upstream: the bot's log says why.";
      case TOO_LONG -> "Press Re-check, or see with /upstream status which cluster is slow.";
      case CUT_OFF -> "Press Re-check.";
      case TOO_MANY -> "Press Re-check in a minute.";
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

package dev.upstream.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * @param last what was answered here before
   */
  public static Message failed(
      Failure failure,
      String target,
      String asker,
      String errorId,
      Handle check,
      Optional<Before> last,
      Times times) {
    String title =
        "The check of "
            + target
            + " failed; nothing "
            + (last.isPresent() ? "new " : "")
            + "is known about it";
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.Section.rich(new Span.Strong("\u26A0\uFE0F " + title)));
    blocks.add(Block.Section.plain(why(failure) + " " + todo(failure, errorId)));
    last.ifPresent(b -> blocks.add(last(b, times)));
    blocks.add(Block.Context.plain("Error " + errorId + ". Asked by " + asker + "."));
    blocks.add(Block.Actions.of(Button.recheck(check)));
    return new Message(title, blocks);
  }

  private static Block last(Before last, Times times) {
    List<Span> spans = new ArrayList<>();
    HeadlineFacts.line(
        spans,
        "Last answer",
        new Span.Words(
            times.since(last.at()) + ": " + last.words() + "; the thread tells of that"));
    return Block.Section.rich(spans);
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

  /**
   * Another look that found nothing of that name, or more than one thing, or nothing that the one
   * who wanted it may see.
   *
   * @param sentence why; empty where that concerns the one who wanted it alone
   */
  public static Message refused(
      Optional<String> sentence,
      String target,
      String asker,
      Handle check,
      Before last,
      Times times) {
    String title = "Looked at " + target + " again, and there is no new answer";
    return new Message(
        sentence.map(s -> title + ". " + s).orElse(title),
        List.of(
            Block.Section.rich(new Span.Strong(title)),
            Block.Section.plain(
                sentence.orElse(
                    asker + ", who wanted it, may not see one. Whoever may presses Re-check.")),
            last(last, times),
            Block.Context.plain(
                "Looked at " + times.clock(times.now()) + ". Asked by " + asker + "."),
            Block.Actions.of(Button.recheck(check))));
  }
}

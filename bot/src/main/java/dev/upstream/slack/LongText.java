package dev.upstream.slack;

import java.util.List;
import java.util.Optional;

/**
 * Text of which nobody knows how long it is: short enough it stands in the message, else it becomes
 * a file, and the message says so.
 *
 * @param blocks what stands in the message
 * @param file the whole of it, when it does not stand there
 */
public record LongText(List<Block> blocks, Optional<Attachment> file) {
  private static final int LONGEST = 2_500;
  private static final int MOST_LINES = 40;

  public LongText {
    blocks = List.copyOf(blocks);
  }

  /**
   * Text of any length.
   *
   * @param title what it is, in a few words
   * @param file the name that a file of it would have
   */
  public static LongText of(String title, String file, String text) {
    long lines = text.lines().count();
    if (text.length() <= LONGEST && lines <= MOST_LINES) {
      return new LongText(
          List.of(
              Block.Section.rich(new Span.Strong(title)),
              Block.Section.rich(new Span.Preformatted(text))),
          Optional.empty());
    }
    return new LongText(
        List.of(
            Block.Section.rich(
                new Span.Strong(title),
                new Span.Words(
                    "  is too long for a message (" + lines + " lines), so it is a file: "),
                new Span.Code(file))),
        Optional.of(new Attachment(file, title, text)));
  }
}

package dev.upstream.slack;

import java.util.ArrayList;
import java.util.List;

/** A page of the catalogue: what a finding means, how to see it, how to end it. */
public final class PageBlocks {
  /** Of all words of a page, so that the message stays within its limits. */
  private static final int LONGEST = 7_500;

  private static final int MOST_BLOCKS = 44;
  private static final int LONGEST_SECTION = 2_600;

  private final List<Block> blocks = new ArrayList<>();
  private List<Span> open = new ArrayList<>();
  private int words;
  private boolean cut;

  private PageBlocks() {}

  /**
   * @param id what the page is about
   * @param page in Markdown
   */
  public static Message of(String id, String page) {
    PageBlocks made = new PageBlocks();
    String title = id;
    for (MarkdownLines.Part part : MarkdownLines.parts(page)) {
      boolean opening = made.blocks.isEmpty() && made.open.isEmpty();
      if (part instanceof MarkdownLines.Part.Heading h && h.level() == 1) {
        continue;
      }
      if (opening && part instanceof MarkdownLines.Part.Line l) {
        title = l.text();
        made.blocks.add(Block.Section.rich(new Span.Strong(title.replace("`", ""))));
        continue;
      }
      if (!made.add(part)) {
        break;
      }
    }
    made.close();
    made.blocks.add(
        Block.Context.plain(
            (made.cut ? "Cut here: the page goes on. The whole of it: " : "On a terminal: ")
                + "upstream explain "
                + id));
    return new Message(title, made.blocks);
  }

  /** False when it does not fit any more. */
  private boolean add(MarkdownLines.Part part) {
    List<Span> spans = spans(part);
    int length = spans.stream().mapToInt(s -> cost(s.text())).sum();
    if (words + length > LONGEST || blocks.size() >= MOST_BLOCKS) {
      cut = true;
      return false;
    }
    words += length;
    boolean starts = part instanceof MarkdownLines.Part.Heading;
    if (starts || open.stream().mapToInt(s -> cost(s.text())).sum() + length > LONGEST_SECTION) {
      close();
    }
    if (!open.isEmpty() && !(open.getLast() instanceof Span.Preformatted)) {
      open.add(new Span.Words("\n"));
    }
    open.addAll(spans);
    return true;
  }

  private static int cost(String text) {
    return text.codePoints().map(Mrkdwn::escapedLength).sum() + 2;
  }

  private static List<Span> spans(MarkdownLines.Part part) {
    return switch (part) {
      case MarkdownLines.Part.Heading h ->
          List.of(new Span.Strong(h.text().replace("`", "")));
      case MarkdownLines.Part.Fixed f -> List.of(new Span.Preformatted(f.text()));
      case MarkdownLines.Part.Line l -> {
        List<Span> spans = new ArrayList<>();
        if (!l.lead().isEmpty()) {
          spans.add(new Span.Words(l.lead()));
        }
        spans.addAll(MarkdownLines.spans(l.text()));
        yield spans;
      }
    };
  }

  private void close() {
    if (!open.isEmpty()) {
      blocks.add(Block.Section.rich(open));
      open = new ArrayList<>();
    }
  }
}

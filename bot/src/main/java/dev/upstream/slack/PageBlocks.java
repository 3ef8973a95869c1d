package dev.upstream.slack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A page of the catalogue: what a finding means, how to see it, how to end it. */
public final class PageBlocks {
  /** Of all words of a page, so that the message stays within its limits. */
  private static final int LONGEST = 7_500;

  /** More of a page than this can't fit, and is not even read. */
  private static final int LONGEST_READ = 20_000;

  private static final int MOST_BLOCKS = 44;
  private static final int LONGEST_SECTION = 2_600;

  /** The chapters that every page has, in the order in which they are wanted at night. */
  private enum Chapter {
    MEANING("Meaning", "What it means"),
    MITIGATION("Mitigation", "How to end it"),
    DIAGNOSIS("Diagnosis", "How to see it by hand"),
    IMPACT("Impact", "What it does"),
    OTHERS("False positives", "When it is something else");

    private static final List<Chapter> ORDER = List.of(values());

    private final String heading;
    private final String words;

    Chapter(String heading, String words) {
      this.heading = heading;
      this.words = words;
    }

    static String words(String heading) {
      return of(heading).map(c -> c.words).orElse(heading);
    }

    private static Optional<Chapter> of(String heading) {
      return Arrays.stream(values()).filter(c -> c.heading.equalsIgnoreCase(heading)).findFirst();
    }

    /** What comes before all chapters is 0; what is no chapter stays where it was, at the end. */
    static int place(MarkdownLines.Part first) {
      return first instanceof MarkdownLines.Part.Heading h && h.level() == 2
          ? of(h.text()).map(c -> ORDER.indexOf(c) + 1).orElse(ORDER.size() + 1)
          : 0;
    }
  }

  private final List<Block> blocks = new ArrayList<>();
  private List<Span> open = new ArrayList<>();
  private int words;
  private boolean cut;

  private PageBlocks() {}

  /**
   * The whole page, or as much of it as a message holds.
   *
   * @param id what the page is about
   * @param page in Markdown
   */
  public static Message of(String id, String page) {
    PageBlocks made = new PageBlocks();
    made.cut = page.length() > LONGEST_READ;
    String read = made.cut ? page.substring(0, LONGEST_READ) : page;
    String title = id;
    for (MarkdownLines.Part part : ordered(MarkdownLines.parts(read))) {
      boolean opening = made.blocks.isEmpty() && made.open.isEmpty();
      if (part instanceof MarkdownLines.Part.Heading h && h.level() == 1) {
        continue;
      }
      if (opening && part instanceof MarkdownLines.Part.Line l) {
        title = l.text();
        made.blocks.add(Block.Section.rich(new Span.Strong(title.replace("`", ""))));
        made.blocks.add(
            Block.Context.plain(
                "The commands use names of their own, such as shop and web: put yours in."));
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

  private static List<MarkdownLines.Part> ordered(List<MarkdownLines.Part> parts) {
    List<List<MarkdownLines.Part>> chapters = new ArrayList<>();
    for (MarkdownLines.Part part : parts) {
      if (chapters.isEmpty() || (part instanceof MarkdownLines.Part.Heading h && h.level() == 2)) {
        chapters.add(new ArrayList<>());
      }
      chapters.getLast().add(part);
    }
    return chapters.stream()
        .sorted(Comparator.comparing(c -> Chapter.place(c.getFirst())))
        .flatMap(List::stream)
        .toList();
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
    if (!open.isEmpty()) {
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
          List.of(new Span.Strong(Chapter.words(h.text().replace("`", ""))));
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

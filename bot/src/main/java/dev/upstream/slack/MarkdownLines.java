package dev.upstream.slack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Markdown of the catalogue's pages: headings, lists, fences, code, emphasis and tables. What
 * it does not know stays as the words that it is.
 */
final class MarkdownLines {
  private static final Pattern HEADING = Pattern.compile("(#{1,4}) +(.+)");
  private static final Pattern ITEM = Pattern.compile("( *)(?:[-*+]|(\\d{1,3})[.)]) +(.*)");
  private static final Pattern INLINE =
      Pattern.compile(
          "`(?<code>[^`]+)`|\\*\\*(?<strong>[^*]+)\\*\\*"
              + "|\\[(?<label>[^\\]]*)\\]\\((?<address>[^)]*)\\)");
  private static final Pattern TABLE_RULE = Pattern.compile("\\|?[ :|-]*-[ :|-]*");

  private MarkdownLines() {}

  /** A part of a page. */
  sealed interface Part {
    record Heading(int level, String text) implements Part {}

    /** A paragraph or an item of a list, in one line. */
    record Line(String lead, String text) implements Part {}

    /** What stood in a fence or a table, line by line. */
    record Fixed(String text) implements Part {}
  }

  static List<Part> parts(String page) {
    List<Part> parts = new ArrayList<>();
    List<String> lines = page.lines().toList();
    boolean open = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher heading = HEADING.matcher(line);
      Matcher item = ITEM.matcher(line);
      if (line.strip().startsWith("```")) {
        int end = fenceEnd(lines, i);
        parts.add(new Part.Fixed(dedented(lines.subList(i + 1, end))));
        i = end;
        open = false;
      } else if (line.strip().startsWith("|")) {
        int end = tableEnd(lines, i);
        parts.add(new Part.Fixed(table(lines.subList(i, end))));
        i = end - 1;
        open = false;
      } else if (heading.matches()) {
        parts.add(new Part.Heading(heading.group(1).length(), heading.group(2).strip()));
        open = false;
      } else if (item.matches()) {
        String lead = item.group(2) == null ? "\u2022 " : item.group(2) + ". ";
        parts.add(new Part.Line(" ".repeat(item.group(1).length()) + lead, item.group(3)));
        open = true;
      } else if (line.isBlank()) {
        open = false;
      } else if (open && parts.getLast() instanceof Part.Line before) {
        parts.set(
            parts.size() - 1, new Part.Line(before.lead(), before.text() + " " + line.strip()));
      } else {
        parts.add(new Part.Line("", line.strip()));
        open = true;
      }
    }
    return parts;
  }

  private static int fenceEnd(List<String> lines, int start) {
    int end = start + 1;
    while (end < lines.size() && !lines.get(end).strip().startsWith("```")) {
      end++;
    }
    return end;
  }

  private static int tableEnd(List<String> lines, int start) {
    int end = start;
    while (end < lines.size() && lines.get(end).strip().startsWith("|")) {
      end++;
    }
    return end;
  }

  private static String dedented(List<String> lines) {
    int indent =
        lines.stream()
            .filter(l -> !l.isBlank())
            .mapToInt(l -> l.length() - l.stripLeading().length())
            .min()
            .orElse(0);
    return String.join(
        "\n", lines.stream().map(l -> l.length() < indent ? "" : l.substring(indent)).toList());
  }

  /** Cells side by side; a phone shows no wider thing well. */
  private static String table(List<String> lines) {
    return String.join(
        "\n",
        lines.stream()
            .map(String::strip)
            .filter(l -> !TABLE_RULE.matcher(l).matches())
            .map(l -> l.replaceAll("^\\||\\|$", "").replaceAll(" *\\| *", " | ").strip())
            .toList());
  }

  /** A line's words with their code and emphasis; of a link its words, then its address. */
  static List<Span> spans(String line) {
    List<Span> spans = new ArrayList<>();
    Matcher inline = INLINE.matcher(line);
    int end = 0;
    while (inline.find()) {
      words(spans, line.substring(end, inline.start()));
      if (inline.group("code") != null) {
        spans.add(new Span.Code(inline.group("code")));
      } else if (inline.group("strong") != null) {
        spans.add(new Span.Strong(inline.group("strong")));
      } else {
        words(spans, inline.group("label") + " (" + inline.group("address") + ")");
      }
      end = inline.end();
    }
    words(spans, line.substring(end));
    return spans;
  }

  private static void words(List<Span> spans, String words) {
    if (!words.isEmpty()) {
      spans.add(new Span.Words(words));
    }
  }
}

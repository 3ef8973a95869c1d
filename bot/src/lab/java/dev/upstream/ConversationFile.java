package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.workspace.Placeholders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A channel's story as a file that a person can read and that is the same in every run;
 * -Dupstream.golden=write writes it anew.
 */
final class ConversationFile {
  private static final boolean WRITE = "write".equals(System.getProperty("upstream.golden"));
  private static final Path FOLDER = Path.of("src", "lab", "resources", "conversations");
  private static final Path SEEN = Path.of("target", "conversations");

  /** What begins a part of a story: what somebody did stands at the left, a thread a bit inside. */
  private static final Pattern PART = Pattern.compile("\n\n(?=(?: {4})?\\S)");

  private static final Pattern BY_THE_BOT =
      Pattern.compile("^\\s*upstream(?: edits)? \\((\\d+)\\).*");
  private static final String LOOKING = "\u23F3";

  private ConversationFile() {}

  /**
   * @param title what the conversation is about, in words
   */
  static void assertSame(String name, String title, String story, Placeholders placeholders)
      throws IOException {
    Path seen = Files.createDirectories(SEEN).resolve(name);
    Files.writeString(
        seen,
        title
            + "\n\n"
            + placeholders.in(String.join("\n\n", ordered(List.of(PART.split(story.strip())))))
            + "\n");
    Path golden = FOLDER.resolve(name);
    if (WRITE) {
      Files.copy(seen, golden, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(seen).hasSameTextualContentAs(golden);
  }

  /**
   * Between two deeds of people the bot's messages stand in the order of their places, since an
   * edit and a reply may overtake each other; that it still looks is told once.
   */
  private static List<String> ordered(List<String> parts) {
    List<String> out = new ArrayList<>();
    List<String> turn = new ArrayList<>();
    for (String part : parts) {
      if (number(part) == 0) {
        out.addAll(sorted(turn));
        turn.clear();
        out.add(part);
      } else if (!part.contains(LOOKING) || turn.stream().noneMatch(p -> p.contains(LOOKING))) {
        turn.add(part);
      }
    }
    out.addAll(sorted(turn));
    return out;
  }

  private static List<String> sorted(List<String> turn) {
    return turn.stream().sorted(Comparator.comparingInt(ConversationFile::number)).toList();
  }

  private static int number(String part) {
    Matcher header = BY_THE_BOT.matcher(part.lines().findFirst().orElse(""));
    return header.matches() ? Integer.parseInt(header.group(1)) : 0;
  }
}

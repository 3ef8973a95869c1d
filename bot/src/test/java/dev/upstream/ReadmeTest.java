package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README shows is what the program prints. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
  private static final String PROMPT = "$ bot/bin/upstream ";

  @Test
  void itsTranscriptIsRealOutput() throws IOException {
    List<String> readme = Files.readAllLines(ROOT.resolve("README.md"));
    int start = readme.indexOf("```") + 1;
    List<String> shown =
        readme.subList(start + 1, start + readme.subList(start, readme.size()).indexOf("```"));
    assertThat(readme.get(start)).startsWith(PROMPT);
    List<String> printed = printed(readme.get(start).substring(PROMPT.length()).split(" ", -1));

    assertThat(shown).hasSizeGreaterThan(10);
    List<String> unmatched = new ArrayList<>();
    int at = 0;
    boolean skip = false;
    for (String line : shown) {
      if (line.equals("...")) {
        skip = true;
        continue;
      }
      int found = printed.subList(at, printed.size()).indexOf(line);
      if (found < 0 || (found > 0 && !skip)) {
        unmatched.add(line);
      }
      at += found < 0 ? 0 : found + 1;
      skip = false;
    }
    assertThat(unmatched).isEmpty();
    assertThat(skip || at == printed.size()).as("cut at the end without saying so").isTrue();
  }

  /** SlackCheckTest sees to it that the transcript is what the bot says. */
  @Test
  void itsMessageIsWhatSlackShows() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String message = readme.substring(readme.indexOf("## Slack")).split("```", -1)[1];
    List<String> said =
        Files.readAllLines(Path.of("src/test/resources/slack/case1-transcript.txt")).stream()
            .map(l -> l.replaceAll("^ *(## |- )?|[*`]", "").strip())
            .toList();
    assertThat(message.strip().lines().map(String::strip)).hasSizeGreaterThan(5).isSubsetOf(said);
  }

  /** Paths in the README are those of the top directory. */
  private static List<String> printed(String... words) {
    String[] args =
        Arrays.stream(words)
            .map(w -> w.startsWith("bot/") ? ROOT.resolve(w).toString() : w)
            .toArray(String[]::new);
    return CliRun.of((Object[]) args).out().lines().toList();
  }

  @Test
  void oneCauseOnThreeNodesIsToldOnce() {
    List<String> printed = printed("check", "shop/web", "--from", "bot/bundles/case-4");

    assertThat(printed.getFirst()).startsWith("From a recording of 2026-");
    assertThat(printed).filteredOn(l -> l.startsWith("  ROOT-CAUSE")).hasSize(1);
    assertThat(printed)
        .filteredOn(l -> l.startsWith("  ROOT-CAUSE"))
        .first()
        .asString()
        .contains("3 nodes (node-a, node-b, node-c)");
    assertThat(printed).anyMatch(l -> l.contains("node-c: 2 sockets stuck"));
    String json =
        String.join(
            "\n", printed("check", "shop/web", "--from", "bot/bundles/case-4", "-o", "json"));
    assertThat(json.split("\"key\" : \"ipvs-nodeport-source-port-hijack", -1)).hasSize(4);
  }
}

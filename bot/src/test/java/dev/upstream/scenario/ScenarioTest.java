package dev.upstream.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Catalogue;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.Outcome;
import dev.upstream.report.JsonReport;
import dev.upstream.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scenario's answer, and that nothing changes it which should not. */
class ScenarioTest {
  private static final long SEED = Long.getLong("scenario.seed", System.nanoTime() & 0xffffff);

  @TestFactory
  Stream<DynamicNode> scenarios() {
    return Scenario.all().stream().map(s -> dynamicContainer(s.title(), guards(s)));
  }

  private static Stream<DynamicTest> guards(Scenario s) {
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(
        dynamicTest(
            "is answered as expected",
            () ->
                assertThat(Differences.of(s.expected(), s.answer(s.bundle().snapshot())))
                    .isEmpty()));
    tests.add(
        dynamicTest(
            "twice the same, and the same from its own recording",
            () -> {
              String answer = text(s, s.bundle().snapshot());
              assertThat(text(s, s.bundle().snapshot())).as(s.title()).isEqualTo(answer);
              assertThat(text(s, recording(s).read())).as(s.title()).isEqualTo(answer);
            }));
    tests.add(
        dynamicTest(
            "says the same under other names",
            () -> {
              Recording recording = recording(s);
              Renaming renaming = new Renaming(recording);
              Recording renamed = renaming.renamed(recording);
              assertThat(renamed).isNotEqualTo(recording);
              Reply reply =
                  Scenario.answer(
                      renamed.read(), Catalogue.CHECKS, renaming.renamed(s.expected().question()));
              assertThat(ordered(Renaming.undone(text(reply))))
                  .as(s.title())
                  .isEqualTo(ordered(text(s, s.bundle().snapshot())));
            }));
    tests.add(
        dynamicTest(
            "says the same when shuffled with seed " + SEED,
            () ->
                assertThat(text(s, Shuffling.of(recording(s), SEED).read()))
                    .as(s.title())
                    .isEqualTo(text(s, s.bundle().snapshot()))));
    tests.add(
        dynamicTest(
            "says the same among other namespaces",
            () -> {
              Snapshot snapshot = s.bundle().snapshot();
              assertThat(text(s, Surroundings.of(recording(s), snapshot).read()))
                  .as(s.title())
                  .isEqualTo(text(s, snapshot));
            }));
    tests.add(
        dynamicTest(
            "lets no secret out",
            () -> {
              String answer = text(s, Secrets.of(recording(s)).read());
              assertThat(answer).as(s.title()).doesNotContain(Secrets.SECRET);
              assertThat(answer.replaceAll(" \\S*\\(redacted\\)", ""))
                  .as(s.title())
                  .isEqualTo(text(s, s.bundle().snapshot()).replaceAll(" \\S*\\(redacted\\)", ""));
            }));
    tests.add(
        dynamicTest(
            "its check could see, or is said not to",
            () ->
                assertThat(inconclusive(s).contains(s.id()))
                    .as(s.title() + ": " + s.id() + " is inconclusive")
                    .isEqualTo(s.expected().inconclusive().contains(s.id()))));
    if (s.sort() != Scenario.Sort.NEAR_MISS) {
      tests.add(
          dynamicTest(
              "fails without its check",
              () -> {
                List<Check> others =
                    Catalogue.CHECKS.stream().filter(c -> !c.info().id().equals(s.id())).toList();
                assertThat(others).hasSize(Catalogue.CHECKS.size() - 1);
                assertThat(
                        Differences.of(
                            s.expected(),
                            Scenario.answer(
                                s.bundle().snapshot(), others, s.expected().question())))
                    .as(s.title())
                    .isNotEmpty();
              }));
    }
    return tests.stream();
  }

  private static List<String> inconclusive(Scenario s) {
    return s.answer(s.bundle().snapshot()) instanceof Reply.Answered answered
        ? answered.diagnoses().stream()
            .flatMap(d -> d.checks().stream())
            .filter(o -> o instanceof Outcome.Inconclusive)
            .map(o -> o.check().id())
            .toList()
        : List.of();
  }

  private static Recording recording(Scenario s) {
    return Recording.of(s.bundle());
  }

  private static String text(Scenario s, Snapshot snapshot) {
    return text(s.answer(snapshot));
  }

  private static String text(Reply reply) {
    return switch (reply) {
      case Reply.Answered a -> JsonReport.of(a, new JsonReport.Timing(0, 0));
      case Reply.Refused r ->
          "{\"refused\": " + Recording.text(Recording.JSON.valueToTree(r.sentence())) + "}";
    };
  }

  /** Names of ours stay while the others change, so ties may fall otherwise. */
  private static JsonNode ordered(String answer) {
    JsonNode tree = Recording.tree(answer);
    order(tree);
    return tree;
  }

  private static void order(JsonNode node) {
    node.forEach(ScenarioTest::order);
    if (node instanceof ObjectNode map) {
      for (String field : List.of("findings", "explains", "notChecked", "changes", "checks")) {
        if (map.path(field) instanceof ArrayNode list) {
          List<JsonNode> items = new ArrayList<>();
          list.forEach(items::add);
          items.sort(Comparator.comparing(JsonNode::toString));
          list.removeAll();
          list.addAll(items);
        }
      }
    }
  }

  @AfterAll
  static void count() throws IOException {
    Map<String, Long> figures = new LinkedHashMap<>();
    List<Scenario> all = Scenario.all();
    figures.put("scenarios", (long) all.size());
    figures.put("faults", count(all, Scenario.Sort.FAULT));
    figures.put("nearMisses", count(all, Scenario.Sort.NEAR_MISS));
    figures.put("gaps", count(all, Scenario.Sort.GAP));
    figures.put("live", all.stream().filter(s -> s.expected().live()).count());
    figures.put("checks", (long) Catalogue.CHECKS.size());
    Path file = Files.createDirectories(Path.of("target", "figures")).resolve("scenarios.json");
    Files.writeString(file, Recording.JSON.writeValueAsString(figures) + "\n");
    org.slf4j.LoggerFactory.getLogger(ScenarioTest.class)
        .info("figures: scenarios {} (shuffled with seed {})", figures, SEED);
  }

  private static long count(List<Scenario> all, Scenario.Sort sort) {
    return all.stream().filter(s -> s.sort() == sort).count();
  }
}

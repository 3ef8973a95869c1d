package dev.upstream.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.report.JsonReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of several starting points the findings stand once, worst first (RULES.md R14). */
class SeveralStartsTest {
  private static Diagnosis of(String title) {
    Scenario s =
        Scenario.all().stream().filter(x -> x.title().equals(title)).findFirst().orElseThrow();
    return ((Reply.Answered) s.answer(s.bundle().snapshot())).worst();
  }

  @Test
  void the_second_ones_root_cause_stands_before_the_firsts_symptom() {
    Diagnosis broken = of("scaled-to-zero/slices-not-read");
    Diagnosis degraded = of("dr-subset-selects-no-pods/label-typo");
    JsonNode document =
        Recording.tree(
            JsonReport.of(
                new Reply.Answered(List.of(degraded, broken, broken)),
                new JsonReport.Timing(0, 0)));

    List<String> roles = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    document
        .get("findings")
        .forEach(
            f -> {
              roles.add(f.get("role").asText());
              keys.add(f.get("key").asText());
            });
    assertThat(document.get("verdict").asText()).isEqualTo("broken");
    assertThat(roles).startsWith("root-cause", "root-cause").endsWith("symptom", "symptom");
    assertThat(keys)
        .doesNotHaveDuplicates()
        .hasSize(broken.findings().size() + degraded.findings().size());
  }
}

package dev.upstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.report.JsonReport;
import dev.upstream.report.TextReport;
import dev.upstream.scenario.Scenario;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A check that breaks did not look: nothing is called healthy over it, and the answer says so. */
class BrokenCheckTest {
  private static final Scenario HEALTHY =
      scenario("dr-subset-selects-no-pods/healthy-unused-subset");

  /** Breaks as a bug would, with a message that must not get out. */
  private static final class Broken implements Check {
    @Override
    public CheckInfo info() {
      return CheckInfo.rootCause(
          "always-breaks", "It breaks.", Set.of(Source.LOG), Set.of(), List.of());
    }

    @Override
    public List<Finding> diagnose(Case c) {
      throw new IllegalStateException("token=hunter2hunter2");
    }
  }

  @Test
  void what_is_healthy_becomes_unknown() {
    assertThat(answer(Catalogue.CHECKS).worst().verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(broken().worst().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void text_and_json_say_which_check_broke() {
    String text = TextReport.of(broken());
    String json = JsonReport.of(broken(), new JsonReport.Timing(0, 0));

    assertThat(text).contains("check always-breaks (UNSUPPORTED): The check broke by a bug");
    assertThat(json)
        .contains("\"scope\" : \"check always-breaks\"")
        .contains("\"source\" : \"log\"");
    assertThat(text + json).doesNotContain("hunter2");
  }

  private static Reply.Answered broken() {
    List<Check> checks = new ArrayList<>(Catalogue.CHECKS);
    checks.add(new Broken());
    return answer(checks);
  }

  private static Reply.Answered answer(List<Check> checks) {
    return (Reply.Answered)
        new Answering(new BundleCollector(HEALTHY.bundle().snapshot()), new Diagnoser(checks))
            .answer(HEALTHY.expected().question());
  }

  private static Scenario scenario(String title) {
    return Scenario.all().stream().filter(s -> s.title().equals(title)).findFirst().orElseThrow();
  }
}

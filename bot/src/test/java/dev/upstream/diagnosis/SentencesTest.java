package dev.upstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** What the headline says of the cause. */
class SentencesTest {
  private static String summary(String title) {
    Scenario scenario =
        Scenario.all().stream().filter(s -> s.title().equals(title)).findFirst().orElseThrow();
    Reply reply =
        new Answering(new BundleCollector(scenario.bundle().snapshot()))
            .answer(scenario.expected().question());
    return ((Reply.Answered) reply).worst().summary();
  }

  @Test
  void a_mistake_is_cause_enough() {
    assertThat(summary("no-readiness-probe/still-refusing"))
        .endsWith("has no readiness probe: 1 pod refused connections just after the start.");
  }

  @Test
  void of_another_condition_the_cause_is_still_wanted() {
    assertThat(summary("all-pods-not-ready/image-not-pulled"))
        .endsWith("of web-1 waits, ImagePullBackOff. The cause was not found.");
  }
}

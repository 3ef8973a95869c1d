package dev.upstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ruled out is what was looked at and is not so; not what had nothing to be seen in. */
class RuledOutTest {
  private static List<String> ruledOut(String title) {
    Scenario scenario =
        Scenario.all().stream().filter(s -> s.title().equals(title)).findFirst().orElseThrow();
    Reply reply =
        new Answering(new BundleCollector(scenario.bundle().snapshot()))
            .answer(scenario.expected().question());
    return ((Reply.Answered) reply)
        .worst().ruledOut().stream().map(Diagnosis.RuledOut::id).toList();
  }

  /** No proxy, no node, no log, no Ingress and no subset is there. */
  @Test
  void a_plain_service_rules_out_only_what_its_pods_show() {
    assertThat(ruledOut("no-ready-endpoints/still-creating"))
        .containsExactly(
            "crash-loop", "oom-killed", "scaled-to-zero", "service-selector-matches-no-pod");
  }

  @Test
  void an_ingress_rules_out_its_class_and_backend() {
    assertThat(ruledOut("http-503-from-edge/nobody-behind-it"))
        .contains("ingress-class-missing", "backend-service-missing", "app-returned-5xx")
        .doesNotContain("outlier-ejected-all", "vs-subset-undefined", "ingress-path-no-match");
  }
}

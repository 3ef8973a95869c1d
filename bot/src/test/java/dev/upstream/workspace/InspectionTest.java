package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A message or a modal is judged without being sent. */
class InspectionTest {
  private static final String TITLE = "{\"type\":\"plain_text\",\"emoji\":false,\"text\":\"%s\"}";

  @Test
  void aModalIsJudgedAsAWhole() {
    String view = "{\"type\":\"modal\",\"title\":%s,\"blocks\":[]}";
    assertThat(Inspection.ofModal(view.formatted(TITLE.formatted("Check")), List.of())).isEmpty();
    assertThat(Inspection.ofModal(view.formatted(TITLE.formatted("hunter2")), List.of("hunter2")))
        .containsExactly("message plain_text: a secret");
    assertThat(Inspection.ofModal(view.formatted(TITLE.formatted("x".repeat(25))), List.of()))
        .contains("invalid_arguments");
    assertThat(Inspection.ofModal("no", List.of())).singleElement().asString().contains("no JSON");
  }

  @Test
  void aMessageIsJudgedAsAWhole() {
    assertThat(Inspection.of("x", "[]", List.of())).isEmpty();
    assertThat(Inspection.of("<https://lab.slack.com/archives/C0/p1234567000000>", "[]", List.of()))
        .isNotEmpty();
  }
}

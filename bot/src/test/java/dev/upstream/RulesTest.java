package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** policy.yml is changed while the service runs. */
@WholeLog
class RulesTest {
  private static final String RULE = "read: [{clusters: ['*'], namespaces: ['*'], who: ['@%s']}]%n";

  private final MovedClock clock = new MovedClock();

  @Test
  void whatTheFileSaysNowIsInForceAndAMistakeChangesNothing(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yml"), RULE.formatted("sre"));
    Rules rules = Rules.in(file, clock);
    assertThat(rules.get().groups()).containsExactly("@sre");

    Files.writeString(file, RULE.formatted("payments"));
    clock.pass(Duration.ofSeconds(3));
    assertThat(rules.get().groups()).containsExactly("@payments");

    try (Logged log = Logged.listen()) {
      Files.writeString(file, "read: [{clusters: ['*'], namespaces: ['*'], whom: everyone}]");
      clock.pass(Duration.ofSeconds(3));
      assertThat(rules.get().groups()).containsExactly("@payments");
      assertThat(log.text()).contains("policy.yml:1:").contains("whom");
    }

    Path other = Files.writeString(folder.resolve("other.yml"), RULE.formatted("dba"));
    Files.delete(file);
    clock.pass(Duration.ofSeconds(3));
    assertThat(rules.get().groups()).containsExactly("@payments");
    Files.createSymbolicLink(file, other);
    clock.pass(Duration.ofSeconds(3));
    assertThat(rules.get().groups()).containsExactly("@dba");
  }
}

package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.policy.Person;
import dev.upstream.policy.Policy;
import dev.upstream.policy.Rights;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the asker of a test of the rules is told. */
class PolicyTestBlocksTest {
  private static final Policy POLICY =
      new Policy(List.of(Rights.rule(3, "east", "shop", "@sre"), Rights.rule(7, "*", "*", "@ops")));
  private static final Optional<Person> ANA = Optional.of(Rights.member("U0ANA", "@sre"));
  private static final List<String> CLUSTERS = List.of("east", "west");

  private static String told(Optional<Person> asker, Optional<Person> tested, String... clusters) {
    return PolicyTestBlocks.of(
            new Command.PolicyTest("U0BOB", "shop", List.of(clusters)),
            "bob",
            POLICY,
            asker,
            tested,
            CLUSTERS)
        .notification();
  }

  @Test
  void everyClusterHasALine() {
    Optional<Person> both = Optional.of(Rights.member("U0CEM", "@sre", "@ops"));
    assertThat(told(both, ANA).lines())
        .containsExactly(
            "bob (member) reads namespace shop:",
            "in cluster east: allowed by the rule (line 3) of policy.yml",
            "in cluster west: denied. No rule of policy.yml gives the right to read namespace"
                + " shop.");
    assertThat(told(both, Optional.of(Rights.member("U0BOB", "@ops")), "west"))
        .endsWith("in cluster west: allowed by the rule (line 7) of policy.yml");
    assertThat(told(ANA, Optional.of(Rights.of(Person.Kind.GUEST)), "east"))
        .endsWith("in cluster east: denied. Guests of this workspace may not read anything here.");
  }

  @Test
  void nobodyElseIsToldAndAnUnknownClusterIsNamed() {
    assertThat(told(Optional.of(Rights.of(Person.Kind.GUEST)), ANA)).contains("Only full members");
    assertThat(told(Optional.empty(), ANA)).contains("Slack could not say");
    assertThat(told(ANA, Optional.empty())).contains("Slack could not say who bob is");
    assertThat(told(ANA, ANA, "nord")).isEqualTo("There is no cluster \"nord\"; known: east.");
    assertThat(told(ANA, ANA, "west")).as("a cluster that she may not read").contains("no cluster");
    assertThat(told(Optional.of(Rights.member("U0DAN")), ANA))
        .isEqualTo("No rule of policy.yml gives you the right to read anything.");
  }
}

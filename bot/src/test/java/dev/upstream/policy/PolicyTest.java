package dev.upstream.policy;

import static dev.upstream.policy.Rights.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may read what. */
class PolicyTest {
  private static final Policy POLICY =
      new Policy(
          List.of(
              rule(3, "east", "shop", "everyone"),
              rule(7, "*", "*", "@sre S0OPS"),
              rule(11, "east west-*", "pay pay-*", "@payments U0BOB"),
              rule(15, "west-1", "shop", "@payments")));

  @ParameterizedTest
  @CsvSource({
    // anybody
    "U0ANA, '', east, shop, 3",
    "U0ANA, '', west-1, shop, 0",
    "U0ANA, '', east, pay, 0",
    "U0ANA, '', east, shops, 0",
    "U0ANA, '', east, '', 0",
    // the first rule that fits, in the order of the file
    "U0ANA, @sre, east, shop, 3",
    "U0ANA, @sre, east, pay, 7",
    "U0ANA, S0OPS, north, kube-system, 7",
    "U0ANA, @sre, east, '', 7",
    // a group by its handle, a person by id
    "U0ANA, @payments, east, pay, 11",
    "U0ANA, @payments, west-9, pay-eu, 11",
    "U0ANA, @payments, west, pay, 0",
    "U0ANA, @payments, east, payroll, 0",
    "U0BOB, '', east, pay-eu, 11",
    "U0BOB, '', west-1, shop, 0",
    "U0ANA, @payments, west-1, shop, 15",
    // names are what they are
    "U0ANA, @SRE, east, pay, 0",
    "U0ANA, sre, east, pay, 0",
    "u0bob, '', east, pay, 0",
    "everyone, '', east, pay, 0",
    "U0ANA, everyone, east, pay, 0",
  })
  void theFirstRuleThatFitsAllowsAndNoneMeansNobody(
      String user, String group, String cluster, String namespace, int line) {
    Person person =
        new Person(
            Rights.TEAM,
            user,
            Person.Kind.MEMBER,
            group.isEmpty() ? Set.of() : Set.of(group, "@others"));
    Decision decision = POLICY.read(person, cluster, namespace);
    switch (decision) {
      case Decision.Allowed a -> assertThat(a.rule().line()).isEqualTo(line);
      case Decision.Denied d -> {
        assertThat(line).as(d.reason()).isZero();
        assertThat(d.reason()).contains("No rule of policy.yml").contains("cluster " + cluster);
      }
    }
    assertThat(new Reader(POLICY, person).may(cluster, namespace)).isEqualTo(line > 0);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MEMBER")
  void whoIsNoFullMemberNeverMayWhateverTheRulesSay(Person.Kind kind) {
    Policy open = new Policy(List.of(rule(1, "*", "*", "everyone @sre S0SRE U0ANA")));
    Reader reader = new Reader(open, Rights.of(kind));

    assertThat(open.read(Rights.of(kind), "east", "shop")).isInstanceOf(Decision.Denied.class);
    assertThat(reader.mayEnter("east")).isFalse();
    assertThat(reader.shutOut()).isPresent();
    assertThat(new Reader(open, Rights.of(Person.Kind.MEMBER)).may("east", "shop")).isTrue();
  }

  @Test
  void withoutRulesNobodyMay() {
    Reader reader = new Reader(new Policy(List.of()), Rights.member("U0ANA", "@sre"));
    assertThat(reader.may("east", "shop")).isFalse();
    assertThat(reader.mayEnter("east")).isFalse();
    assertThat(reader.shutOut().orElseThrow().reason()).contains("No rule of policy.yml");
  }

  @Test
  void aClusterMayBeEnteredWhereAnythingOfItMayBeRead() {
    Reader bob = new Reader(POLICY, Rights.member("U0BOB"));
    assertThat(List.of("east", "west-1", "west", "north"))
        .filteredOn(bob::mayEnter)
        .containsExactly("east", "west-1");
    assertThat(bob.shutOut()).isEmpty();
  }

  @Test
  void theGroupsThatRulesNameAreKnown() {
    assertThat(POLICY.groups()).containsExactlyInAnyOrder("@sre", "S0OPS", "@payments");
  }
}

package dev.upstream.policy;

import static dev.upstream.policy.Rights.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules without effect. */
class LintTest {
  private static List<String> lint(ReadRule... rules) {
    return Lint.of(new Policy(List.of(rules))).stream()
        .map(w -> w.line() + ":" + w.column() + " " + w.sentence())
        .toList();
  }

  @Test
  void rulesThatAllHaveAnEffectAreFine() {
    assertThat(
            lint(
                rule(1, "east", "shop", "everyone"),
                rule(2, "east", "shop-*", "everyone"),
                rule(3, "west", "shop", "everyone"),
                rule(4, "*", "*", "@sre"),
                rule(5, "*", "*", "S0OPS U0BOB")))
        .isEmpty();
  }

  @Test
  void theSameRuleTwiceIsSaid() {
    assertThat(lint(rule(1, "east", "shop", "@sre"), rule(4, "east", "shop", "@sre")))
        .containsExactly(
            "4:5 This rule can never apply: the rule in line 1 allows all of it already.");
  }

  @Test
  void aRuleBehindAWiderOneIsSaid() {
    assertThat(
            lint(
                rule(1, "*", "shop-*", "everyone"),
                rule(2, "east west", "shop-a shop-b-*", "@sre U0BOB"),
                rule(3, "east", "shop", "@sre")))
        .containsExactly(
            "2:5 This rule can never apply: the rule in line 1 allows all of it already.");
  }

  @Test
  void aRuleBehindSeveralThatTogetherHoldItIsSaid() {
    assertThat(
            lint(
                rule(1, "east", "*", "@sre"),
                rule(2, "west", "*", "@sre @ops"),
                rule(3, "east", "*", "@ops"),
                rule(4, "east west", "shop", "@sre @ops")))
        .containsExactly(
            "4:5 This rule can never apply: the rules in lines 1, 2, 3 allow all of it already.");
  }

  @Test
  void aWiderRuleBehindANarrowerOneHasAnEffect() {
    assertThat(lint(rule(1, "east", "shop", "@sre"), rule(2, "east", "shop", "everyone")))
        .isEmpty();
    assertThat(lint(rule(1, "east", "shop", "@sre"), rule(2, "east", "sho*", "@sre"))).isEmpty();
  }

  @Test
  void whatIsNeedlessInARuleIsSaid() {
    assertThat(lint(rule(1, "east east", "shop", "@sre")))
        .containsExactly(
            "1:5 The cluster \"east\" is needless: \"east\" of the same rule holds it.");
    assertThat(lint(rule(1, "east", "shop-a shop-*", "@sre")))
        .containsExactly(
            "1:5 The namespace \"shop-a\" is needless: \"shop-*\" of the same rule holds it.");
    assertThat(lint(rule(1, "east", "shop", "everyone @sre U0BOB")))
        .containsExactly("1:5 Naming @sre, U0BOB is needless: everyone stands in the same rule.");
  }

  @Test
  void noRuleAtAllIsSaid() {
    assertThat(lint()).containsExactly("1:1 There is no read rule: nobody may read anything.");
  }
}

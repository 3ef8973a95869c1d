package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code upstream policy}: is the file right, and whom does it let read what. */
class PolicyCommandTest {
  private static final String RULES =
      """
      read:
        - name: on call
          clusters: ["*"]
          namespaces: ["*"]
          who: ["@sre", S0OPS]
        - clusters: [east, west-*]
          namespaces: [shop, "shop-*"]
          who: everyone
      """;

  @TempDir private Path directory;

  private String file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("policy.yml"), yaml).toString();
  }

  private CliRun test(String... args) throws IOException {
    String[] all = Arrays.copyOf(new String[] {"policy", "test"}, args.length + 4);
    System.arraycopy(args, 0, all, 2, args.length);
    all[args.length + 2] = "--policy";
    all[args.length + 3] = file(RULES);
    return CliRun.of(all);
  }

  @Test
  void aRightFileIsSaidToBeRight() throws IOException {
    String file = file(RULES);
    CliRun run = CliRun.of("policy", "lint", file);
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo(file + ": 2 rules, no warnings" + System.lineSeparator());
    assertThat(run.err()).isEmpty();
  }

  @Test
  void theShippedFileLetsNobodyReadAndSaysSo() {
    CliRun run = CliRun.of("policy", "lint", Path.of("..", "config", "policy.yml").toString());
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("policy.yml:1:1: warning: There is no read rule: nobody may read anything.")
        .contains("0 rules, 1 warning");
  }

  @Test
  void whatHasNoEffectIsAWarningWithItsPlace() throws IOException {
    String file = file(RULES + "  - {clusters: east, namespaces: shop-a, who: [U012AB3CD]}\n");
    CliRun run = CliRun.of("policy", "lint", file);
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith(
            file
                + ":9:5: warning: This rule can never apply: the rule in line 6 allows all of it"
                + " already.")
        .contains(file + ": 3 rules, 1 warning");
  }

  @Test
  void whatIsWrongIsRefusedWithLineAndColumn() throws IOException {
    String file = file("read:\n  - clusters: [east]\n    namespaces: [shop]\n    hwo: everyone\n");
    CliRun.of("policy", "lint", file)
        .refused(file + ":4:5: read[0].hwo: is no setting; did you mean who?");
    CliRun.of("policy", "test", "U012AB3CD", "read", "shop", "--policy", file)
        .refused(file + ":4:5:");
    CliRun.of("policy", "lint", directory.resolve("none.yml").toString()).refused("There is no ");
  }

  @Test
  void aRuleThatFitsIsNamed() throws IOException {
    CliRun run = test("U012AB3CD", "read", "shop-a", "--cluster", "west-1");
    assertThat(run.status()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "U012AB3CD (member) reads namespace shop-a:",
            "  cluster west-1: allowed by the rule at " + directory.resolve("policy.yml") + ":6");

    CliRun sre = test("U012AB3CD", "read", "kube-system", "--cluster", "north", "--group", "SRE");
    assertThat(sre.status()).isZero();
    assertThat(sre.out())
        .contains("U012AB3CD (member, in @sre)")
        .contains("cluster north: allowed by rule \"on call\" at ");
  }

  @Test
  void whereNoRuleFitsItIsDenied() throws IOException {
    CliRun run = test("U012AB3CD", "read", "pay", "--cluster", "east");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "  cluster east: denied. No rule of policy.yml gives the right to read namespace pay.");
  }

  @Test
  void withoutAClusterEachThatRulesNameIsTold() throws IOException {
    CliRun run = test("U012AB3CD", "read", "shop");
    assertThat(run.status()).isZero();
    assertThat(run.out().lines().skip(1))
        .satisfiesExactly(
            l -> assertThat(l).startsWith("  cluster east: allowed"),
            l -> assertThat(l).startsWith("  clusters west-*: allowed"),
            l -> assertThat(l).startsWith("  every other cluster: denied. No rule of policy.yml"));
    assertThat(test("U012AB3CD", "read", "pay").status()).isEqualTo(1);
  }

  @Test
  void guestsAndOthersAreDeniedWhateverTheRulesSay() throws IOException {
    for (String kind : new String[] {"guest", "bot", "stranger", "deactivated"}) {
      CliRun run = test("U012AB3CD", "read", "shop", "--group", "S0OPS", "--kind", kind);
      assertThat(run.status()).as(run.out()).isEqualTo(1);
      assertThat(run.out()).contains("(" + kind + ", in S0OPS)").doesNotContain("allowed");
    }
    assertThat(test("U012AB3CD", "read", "shop", "--kind", "member").status()).isZero();
  }

  @Test
  void wrongUsageIsSaidInALine() throws IOException {
    CliRun.of("policy").refused("name lint or test");
    CliRun.of("policy", "tset").refused("tset");
    test("ana", "read", "shop").refused("\"ana\" is no Slack member id");
    test("U012AB3CD", "write", "shop").refused("write");
    test("U012AB3CD", "read", "Shop!").refused("no namespace's name");
    test("U012AB3CD", "read", "*").refused("no namespace's name");
    test("U012AB3CD", "read", "shop", "--cluster", "*").refused("no cluster's name");
    test("U012AB3CD", "read", "shop", "--kind", "owner").refused("\"owner\" is no kind of account");
    test("U012AB3CD", "read", "shop", "--group", "a b").refused("no user group");
    test("U012AB3CD", "read").refused("NAMESPACE");
  }
}

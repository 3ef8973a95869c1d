package dev.upstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upstream.policy.Lint;
import dev.upstream.policy.NamePattern;
import dev.upstream.policy.Policy;
import dev.upstream.policy.ReadRule;
import dev.upstream.policy.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policy.yml may say, and how wrong rules are refused. */
class PolicyFileTest {
  private static final Path SHIPPED = Path.of("..", "config", "policy.yml");

  @TempDir private Path directory;

  private Policy read(String yaml) throws IOException {
    Path file = directory.resolve("policy.yml");
    Files.writeString(file, yaml);
    return PolicyFile.read(file);
  }

  private static List<NamePattern> names(String... names) {
    return List.of(names).stream().map(NamePattern::new).toList();
  }

  @Test
  void everyKeyIsRead() throws IOException {
    assertThat(
            read(
                """
                # rules
                read:
                  - name: shop team, Zürich
                    clusters: [east, "prod-*"]
                    namespaces: [shop, "shop-*", "*"]
                    who: ["@Shop.Team", S012AB3CD, U012AB3CD, W012AB3CD]

                  - {clusters: east_1.example, namespaces: shop, who: everyone}
                """))
        .isEqualTo(
            new Policy(
                List.of(
                    new ReadRule(
                        "shop team, Zürich",
                        3,
                        5,
                        names("east", "prod-*"),
                        names("shop", "shop-*", "*"),
                        Who.of(
                            false,
                            List.of("@shop.team", "S012AB3CD"),
                            List.of("U012AB3CD", "W012AB3CD"))),
                    new ReadRule(
                        "",
                        8,
                        5,
                        names("east_1.example"),
                        names("shop"),
                        Who.of(true, List.of(), List.of())))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "raed: [] | :1:1: raed: is no setting; did you mean read?",
        "write: [] | :1:1: write: is no setting; known: read.",
        "approve: [] | :1:1: approve: is not taken by this version, which changes nothing",
        "`read: []\n" + "ask:\n" + "  - who: everyone` | :2:1: ask: is not taken by this version",
        "`read:\n" + "  - everyone` | :2:5: read[0]: should hold keys and values",
        "read: everyone | :1:7: read: should be a list.",
        "- read | :1:1: should hold keys and values",
        "`read:\n"
            + "  - clusters: [east]\n"
            + "    namespaces: [shop]\n"
            + "    whoo: everyone` | :4:5: read[0].whoo: is no setting; did you mean who?",
        "`read:\n"
            + "  - clusters: [east]\n"
            + "    namespaces: [shop, Shop]\n"
            + "    who: everyone` | :3:24: read[0].namespaces: \"Shop\" is not a namespace's name",
        "`read:\n"
            + "  - clusters: [\"ea/st\"]\n"
            + "    namespaces: [shop]\n"
            + "    who: everyone` | :2:16: read[0].clusters: \"ea/st\" is not a cluster's name",
        "`read: [{clusters: east, namespaces: shop, who: all}]` | :1:48: read[0].who: \"all\" is"
            + " not everyone, a user group (\"@handle\" or its id S...) or a person (the id U...).",
        "`read: [{clusters: east, namespaces: shop, who: [everyone, bob]}]` | :1:59: read[0].who:"
            + " \"bob\" is not everyone",
        "`read: [{clusters: east, namespaces: shop, who: []}]` | :1:48: read[0].who: is missing",
        "`read: [{clusters: east, namespaces: shop}]` | :1:8: read[0].who: is missing: name at"
            + " least one, everyone, a user group",
        "`read: [{clusters: east, who: everyone}]` | :1:8: read[0].namespaces: is missing",
        "`read: [{namespaces: shop, who: everyone}]` | :1:8: read[0].clusters: is missing",
        "`read: [{clusters: east, clusters: west, namespaces: shop, who: everyone}]` | :1:25:"
            + " read[0].clusters: is set twice",
        "`read: [{clusters: east, namespaces: shop, who: everyone, approve: yes}]` | :1:58:"
            + " read[0].approve: is no setting; known: name, clusters, namespaces, who.",
        "`read: [{name: \"a\\tb\", clusters: east, namespaces: shop, who: everyone}]` | :1:15:"
            + " read[0].name: \"a b\" is not a name of at most 80",
        "`read:\n"
            + "  - {name: a, clusters: east, namespaces: shop, who: everyone}\n"
            + "  - {name: a, clusters: west, namespaces: shop, who: everyone}` | :3:12:"
            + " read[1].name: \"a\" is the name of another rule too.",
        "`read: [{clusters: *, namespaces: shop, who: everyone}]` | Put names with * or @ in"
            + " quotes",
        "`read:\n"
            + "  - clusters: [east]\n"
            + "    namespaces: [shop]\n"
            + "    who: [@sre]` | :4:11: is no YAML: found character '@' that cannot start any"
            + " token",
        "`read:\n" + "  - who: @sre` | Put names with * or @ in quotes",
        "read: [ | is no YAML: expected the node content",
      })
  void wrongRulesAreRefusedByFileLineAndColumn(String yaml, String expected) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(BadConfig.class)
        .hasMessageStartingWith(directory.resolve("policy.yml").toString())
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileWithoutRulesLetsNobodyRead() throws IOException {
    for (String yaml : List.of("", "# nothing\n", "read:\n", "read: []\n")) {
      assertThat(read(yaml)).isEqualTo(new Policy(List.of()));
    }
  }

  @Test
  void aMissingFileSaysWhatToDo() {
    assertThatThrownBy(() -> PolicyFile.read(directory.resolve("none.yml")))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("There is no ")
        .hasMessageContaining("copy config/policy.yml");
  }

  @Test
  void theShippedFileLetsNobodyReadAndItsExampleIsRight() throws IOException {
    assertThat(PolicyFile.read(SHIPPED)).isEqualTo(new Policy(List.of()));
    String text = Files.readString(SHIPPED);
    String example = text.substring(text.indexOf("# read:\n")).replaceAll("(?m)^# ?", "");
    Policy policy = read(example);
    assertThat(policy.read()).hasSize(2);
    assertThat(Lint.of(policy)).isEmpty();
  }

  @Test
  void manyAliasesOfOneListCostNoMoreThanTheList() {
    StringBuilder yaml = new StringBuilder("read:\n  - &a [x]\n");
    for (char c = 'b'; c < 'z'; c++) {
      String before = "*" + (char) (c - 1);
      yaml.append("  - &").append(c).append(" [").append((before + ", ").repeat(9)).append("x]\n");
    }
    assertThatThrownBy(() -> read(yaml.toString()))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("is no YAML: Number of aliases");
  }
}

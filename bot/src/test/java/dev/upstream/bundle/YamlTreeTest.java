package dev.upstream.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTreeTest {
  private static Object parse(String text) throws Malformed {
    return YamlTree.parse(text, Limits.USUAL).orElse("nothing");
  }

  @Test
  void values_are_read_as_kubernetes_reads_them() throws Malformed {
    assertThat(
            parse(
                """
                text: plain
                quoted: "5"
                whole: 5
                octal: 0644
                hex: 0x1F
                long: 4294967295
                huge: 99999999999999999999
                fraction: 0.5
                exponent: 1e3
                version: 1.2.3
                time: 2026-11-21T10:16:00Z
                clock: 10:30:00
                yes: yes
                off: off
                empty:
                tilde: ~
                folded: >
                  a
                  b
                tagged: !!str 7
                """))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("text", "plain"),
                Map.entry("quoted", "5"),
                Map.entry("whole", 5),
                Map.entry("octal", 420),
                Map.entry("hex", 31),
                Map.entry("long", 4294967295L),
                Map.entry("huge", new BigInteger("99999999999999999999")),
                Map.entry("fraction", 0.5),
                Map.entry("exponent", 1000.0),
                Map.entry("version", "1.2.3"),
                Map.entry("time", "2026-11-21T10:16:00Z"),
                Map.entry("clock", "10:30:00"),
                Map.entry("yes", true),
                Map.entry("off", false),
                Map.entry("folded", "a b\n"),
                Map.entry("tagged", "7")));
  }

  @Test
  void aliases_and_merge_keys_work() throws Malformed {
    assertThat(
            parse(
                """
                base: &base {app: web, tier: front}
                copy: *base
                more: {<<: *base, tier: back}
                both: {<<: [{a: 1}, {a: 2, b: 2}]}
                """))
        .isEqualTo(
            Map.of(
                "base", Map.of("app", "web", "tier", "front"),
                "copy", Map.of("app", "web", "tier", "front"),
                "more", Map.of("app", "web", "tier", "back"),
                "both", Map.of("a", 1, "b", 2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: 1\na: 2\n",
        "a:\na: 2\n",
        "a: 2\na:\n",
        "a: [",
        "a: *unknown",
        "a: &a [*a]",
        "a: !!binary aGk=",
        "a: !java/object {}",
        "? [x]\n: y",
        "a: .nan",
        "a: b\n...\nc: d",
        "<<: 5",
        "a: \u0000"
      })
  void what_kubernetes_would_refuse_is_malformed(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(Malformed.class);
  }

  @Test
  void an_alias_bomb_is_stopped_by_what_it_would_expand_to() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("*a").append(i - 1).append("]\n");
    }
    assertThatThrownBy(() -> parse(bomb.toString()))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("values");
    assertThatThrownBy(() -> parse("a: &a x\nb: [" + "*a, ".repeat(1_001) + "]"))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("aliases");
  }

  @Test
  void endless_nesting_is_stopped() {
    assertThatThrownBy(() -> parse("[".repeat(100_000)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("deep");
    assertThatThrownBy(() -> parse("- ".repeat(100_000)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("deep");
  }

  @Test
  void documents_are_split_where_three_dashes_begin_a_line() {
    assertThat(Documents.split("a: 1\n--- # x\nb: |\n  ---\n---\nc: ---x\n---"))
        .isEqualTo(List.of("a: 1\n", "--- # x\nb: |\n  ---\n", "---\nc: ---x\n", "---"));
  }
}

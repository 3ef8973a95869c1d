package dev.upstream.scenario;

import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where an answer is not what a scenario expects, in words. */
final class Differences {
  private final List<String> found = new ArrayList<>();

  private Differences() {}

  static List<String> of(Expected expected, Reply reply) {
    Differences differences = new Differences();
    switch (reply) {
      case Reply.Answered answered -> differences.answered(expected, answered);
      case Reply.Refused refused -> {
        if (expected.refused().filter(refused.sentence()::contains).isEmpty()) {
          differences.found.add("it was refused: " + refused.sentence());
        }
      }
    }
    return differences.found;
  }

  private void answered(Expected expected, Reply.Answered answered) {
    expected.refused().ifPresent(r -> found.add("it should be refused: " + r));
    Diagnosis worst = answered.worst();
    expected.verdict().ifPresent(v -> compare("verdict", v, worst.verdict().word()));
    expected.share().ifPresent(s -> share("share", s, worst.share()));
    Map<String, Finding> findings = new LinkedHashMap<>();
    answered.diagnoses().forEach(d -> d.findings().forEach(f -> findings.putIfAbsent(f.key(), f)));
    compare(
        "findings", new TreeSet<>(expected.findings().keySet()), new TreeSet<>(findings.keySet()));
    expected
        .findings()
        .forEach(
            (key, wanted) ->
                Optional.ofNullable(findings.get(key)).ifPresent(f -> finding(key, wanted, f)));
    List<Outcome> outcomes =
        answered.diagnoses().stream().flatMap(d -> d.checks().stream()).toList();
    Set<String> inconclusive = new TreeSet<>();
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Inconclusive i -> inconclusive.add(i.check().id());
        case Outcome.Crashed c -> found.add(c.check().id() + " crashed: " + c.what());
        case Outcome.Clear c -> {}
        case Outcome.Found f -> {}
      }
    }
    holds("inconclusive", expected.inconclusive(), inconclusive);
    Set<String> ruledOut = new TreeSet<>();
    answered.diagnoses().forEach(d -> d.ruledOut().forEach(r -> ruledOut.add(r.id())));
    holds("ruledOut", expected.ruledOut(), ruledOut);
    expected.notRuledOut().stream()
        .filter(ruledOut::contains)
        .forEach(id -> found.add(id + " should not be ruled out"));
    expected.summary().stream()
        .filter(part -> !worst.summary().contains(part))
        .forEach(part -> compare("a part of the summary", part, worst.summary()));
    if (!expected.hops().isEmpty()) {
      compare("hops", expected.hops(), worst.hops().stream().map(h -> h.state().word()).toList());
    }
  }

  private void finding(String key, Expected.Expectation wanted, Finding found) {
    compare(key + " role", wanted.role(), found.role().word());
    wanted.share().ifPresent(s -> share(key + " share", s, found.share()));
    wanted.fieldPath().ifPresent(p -> compare(key + " fieldPath", p, found.fieldPath()));
    wanted.confidence().ifPresent(c -> compare(key + " confidence", c, found.confidence().word()));
    wanted.explains().ifPresent(e -> compare(key + " explains", e, found.explains()));
  }

  private void share(String what, Optional<Double> wanted, Optional<Double> got) {
    boolean near =
        wanted.isPresent() == got.isPresent()
            && (wanted.isEmpty() || Math.abs(wanted.get() - got.get()) < 0.0005);
    if (!near) {
      compare(what, wanted, got);
    }
  }

  private void holds(String what, Set<String> wanted, Set<String> got) {
    if (!got.containsAll(wanted)) {
      compare(what + " (at least)", wanted, got);
    }
  }

  private void compare(String what, Object wanted, Object got) {
    if (!wanted.equals(got)) {
      found.add(what + " should be " + wanted + " and is " + got);
    }
  }
}

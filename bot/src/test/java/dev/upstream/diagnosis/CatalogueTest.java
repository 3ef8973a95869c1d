package dev.upstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.path.Ask;
import dev.upstream.report.Pages;
import dev.upstream.scenario.Scenario;
import dev.upstream.snapshot.LogRedaction;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a root cause must come with, so that none is added by half (DESIGN.md). */
class CatalogueTest {
  private static final String ID = "[a-z0-9]+(?:-[a-z0-9]+)*";
  private static final List<String> SECTIONS =
      List.of("Meaning", "Impact", "Diagnosis", "Mitigation", "False positives");
  private static final List<Scenario> SCENARIOS = Scenario.all();

  private static final Pattern NAMED = Pattern.compile("`([a-z0-9-]+)`(†?)");
  private static final Path CANONICAL = Path.of("src/test/resources/catalogue-ids.txt");

  @Test
  void every_check_class_is_listed() throws Exception {
    Path classes = Path.of("target", "classes");
    Set<String> written = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes.resolve("dev/upstream/diagnosis/check"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(file).toString().replaceAll("[/\\\\]", ".");
        Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
        if (Check.class.isAssignableFrom(type) && !type.isInterface()) {
          written.add(type.getName());
        }
      }
    }
    assertThat(Catalogue.CHECKS.stream().map(c -> c.getClass().getName()))
        .containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void checks_are_final_and_without_state() {
    for (Check check : Catalogue.CHECKS) {
      Class<?> type = check.getClass();
      assertThat(Modifier.isFinal(type.getModifiers())).as(type.getName()).isTrue();
      assertThat(Arrays.stream(type.getDeclaredFields()).filter(f -> !f.isSynthetic()))
          .as(type.getName())
          .allMatch(CatalogueTest::constant);
    }
  }

  private static boolean constant(Field field) {
    return Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers());
  }

  @Test
  void ids_are_sorted_well_formed_and_used_once() {
    List<String> ids = Catalogue.CHECKS.stream().map(c -> c.info().id()).toList();
    List<String> all = new ArrayList<>(ids);
    Catalogue.CHECKS.forEach(c -> all.addAll(c.info().aliases()));

    assertThat(ids).isSorted();
    assertThat(all).doesNotHaveDuplicates().allMatch(id -> id.matches(ID));
    assertThat(Catalogue.CHECKS)
        .allMatch(c -> c.info().leadsTo().stream().allMatch(id -> id.matches(ID)))
        .noneMatch(c -> c.info().leadsTo().contains(c.info().id()));
  }

  @Test
  void every_id_has_its_page() throws IOException {
    Map<String, List<String>> missing = new TreeMap<>();
    for (Check check : Catalogue.CHECKS) {
      String id = check.info().id();
      try (@Nullable InputStream page =
          CatalogueTest.class.getResourceAsStream("/catalogue/" + id + ".md")) {
        String text = page == null ? "" : new String(page.readAllBytes(), StandardCharsets.UTF_8);
        List<String> lacking = SECTIONS.stream().filter(s -> !text.contains(s)).toList();
        if (!lacking.isEmpty()) {
          missing.put(id, lacking);
        }
      }
    }
    assertThat(missing).as("sections that pages lack").isEmpty();
  }

  /** A page may name a condition that nothing looks for yet, if it says so. */
  @Test
  void pages_mark_the_ids_that_have_no_page() throws IOException {
    Set<String> pages =
        Catalogue.CHECKS.stream().map(c -> c.info().id()).collect(Collectors.toSet());
    Set<String> known = new TreeSet<>(Files.readAllLines(CANONICAL));
    assertThat(known).containsAll(pages);
    Map<String, List<String>> wrong = new TreeMap<>();
    for (String id : pages) {
      String page = Pages.of(id).orElseThrow();
      List<String> badly =
          NAMED
              .matcher(page)
              .results()
              .filter(m -> known.contains(m.group(1)))
              .filter(m -> pages.contains(m.group(1)) == "†".equals(m.group(2)))
              .map(m -> m.group())
              .toList();
      if (!badly.isEmpty() || page.contains("`†") != page.contains("† No check and no page")) {
        wrong.put(id, badly);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void every_id_has_a_fault_a_near_miss_and_a_gap() {
    Map<String, Set<Scenario.Sort>> missing = new TreeMap<>();
    for (Check check : Catalogue.CHECKS) {
      String id = check.info().id();
      Set<Scenario.Sort> lacking = EnumSet.allOf(Scenario.Sort.class);
      for (Scenario s : SCENARIOS) {
        if (s.id().equals(id)) {
          lacking.remove(s.sort());
        }
      }
      if (!lacking.isEmpty()) {
        missing.put(id, lacking);
      }
    }
    assertThat(missing).as("scenarios that are not written").isEmpty();
  }

  @Test
  void scenarios_show_what_their_names_say() {
    for (Scenario s : SCENARIOS) {
      switch (s.sort()) {
        case FAULT -> assertThat(finds(s, s.id())).as(s.title() + " finds it").isTrue();
        case NEAR_MISS -> assertThat(finds(s, s.id())).as(s.title() + " finds it").isFalse();
        case GAP -> assertThat(s.expected().inconclusive()).as(s.title()).contains(s.id());
      }
    }
  }

  private static boolean finds(Scenario s, String id) {
    return s.expected().findings().keySet().stream().anyMatch(k -> k.startsWith(id + "@"));
  }

  @Test
  void every_scenario_belongs_to_a_check() {
    Set<String> ids = new TreeSet<>(Catalogue.CHECKS.stream().map(c -> c.info().id()).toList());
    assertThat(SCENARIOS).isNotEmpty();
    assertThat(SCENARIOS.stream().map(Scenario::id)).isSubsetOf(ids);
  }

  @Test
  void checks_read_only_what_they_declare() {
    Map<String, Set<Source>> undeclared = new TreeMap<>();
    for (Scenario scenario : SCENARIOS) {
      Snapshot snapshot = scenario.bundle().snapshot();
      Optional<Target> target = TargetParser.parse(scenario.expected().question().target());
      for (String cluster : snapshot.clusters().keySet()) {
        Ask ask =
            new Ask(
                target.orElseThrow(),
                cluster,
                scenario.expected().question().client(),
                scenario.expected().question().namespace());
        for (Check check : Catalogue.CHECKS) {
          Set<Source> read = EnumSet.noneOf(Source.class);
          read.addAll(SourcesRead.by(check, snapshot, ask));
          read.removeAll(check.info().needs());
          read.removeAll(check.info().uses());
          if (!read.isEmpty()) {
            undeclared.computeIfAbsent(check.info().id(), i -> new TreeSet<>()).addAll(read);
          }
        }
      }
    }
    assertThat(undeclared).isEmpty();
  }

  @Test
  void no_text_of_a_finding_holds_what_redaction_takes_out() {
    for (Scenario scenario : SCENARIOS) {
      Snapshot snapshot = scenario.bundle().snapshot();
      for (String cluster : snapshot.clusters().keySet()) {
        var question = scenario.expected().question();
        Ask ask =
            new Ask(
                TargetParser.parse(question.target()).orElseThrow(),
                cluster,
                question.client(),
                question.namespace());
        if (new Diagnoser(Catalogue.CHECKS).diagnose(snapshot, ask)
            instanceof Diagnoser.Answer.Diagnosed answer) {
          answer.diagnosis().findings().stream()
              .flatMap(f -> Stream.concat(Stream.of(f.summary()), texts(f)))
              .forEach(t -> assertThat(LogRedaction.mask(t)).as(scenario.title()).isEqualTo(t));
        }
      }
    }
  }

  private static Stream<String> texts(Finding finding) {
    return finding.evidence().stream().flatMap(e -> Stream.of(e.text(), e.command()));
  }
}

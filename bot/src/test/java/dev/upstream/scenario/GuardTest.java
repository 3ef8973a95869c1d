package dev.upstream.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Reply;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** That the guards of a scenario really change what they are said to change, and judge. */
class GuardTest {
  private static final Scenario ONE =
      Scenario.all().stream()
          .filter(s -> s.title().equals("scaled-to-zero/subset-at-zero"))
          .findFirst()
          .orElseThrow();

  @Test
  void renaming_reaches_objects_hosts_logs_proxies_and_clusters_and_is_undone() {
    Recording before = Recording.of(ONE.bundle());
    TreeMap<String, String> files = new TreeMap<>();
    before
        .files()
        .forEach((p, t) -> files.put(p.replace("clusters/default/", "clusters/east-1/"), t));
    files.put(
        "bundle.yaml",
        before
            .files()
            .getOrDefault("bundle.yaml", "")
            .replaceAll("\"default\"|(?m)(?<=^  )default(?=:)", "\"east-1\""));
    Recording east = new Recording(files);
    Renaming renaming = new Renaming(east);
    Snapshot renamed = renaming.renamed(east).read();
    String everything = String.join("\n", renaming.renamed(east).files().values());

    assertThat(renamed.clusters()).containsOnlyKeys("eqqast-1");
    var view = renamed.clusters().values().iterator().next();
    assertThat(view.objects().find(Kind.DEPLOYMENT, "sqqhop", "wqqeb-vqq1")).isPresent();
    assertThat(view.objects().service("sqqhop", "wqqeb").orElseThrow().ports().getFirst().name())
        .isEqualTo("http");
    assertThat(view.objects().service("sqqhop", "wqqeb").orElseThrow().selector())
        .isEqualTo(Map.of("app", "wqqeb"));
    assertThat(view.proxy("istio-system", "ingress-5d8f").orElseThrow().clusters())
        .anyMatch(c -> c.name().equals("outbound|80|vqq1|wqqeb.sqqhop.svc.cluster.local"));
    assertThat(view.log("istio-system", "ingress-5d8f", "istio-proxy").orElseThrow().lines())
        .allMatch(l -> l.contains("\"sqqhop.eqqxample.com\""));
    assertThat(renaming.renamed(ONE.expected().question()).target())
        .isEqualTo("sqqhop.eqqxample.com");
    assertThat(everything)
        .contains("\"networking.istio.io/v1\"")
        .doesNotContain("\"shop\"")
        .doesNotContain("web.shop");
    assertThat(new Recording(undone(renaming.renamed(east))).read()).isEqualTo(east.read());
  }

  private static TreeMap<String, String> undone(Recording renamed) {
    TreeMap<String, String> files = new TreeMap<>();
    renamed.files().forEach((p, t) -> files.put(Renaming.undone(p), Renaming.undone(t)));
    return files;
  }

  @Test
  void shuffling_changes_files_and_order_and_loses_nothing() {
    Recording before = Recording.of(ONE.bundle());
    Recording one = Shuffling.of(before, 1);
    Recording two = Shuffling.of(before, 2);

    assertThat(one).isEqualTo(Shuffling.of(before, 1)).isNotEqualTo(two).isNotEqualTo(before);
    assertThat(one.read().cluster("default").orElseThrow().objects().all())
        .hasSameSizeAs(before.read().cluster("default").orElseThrow().objects().all());
    assertThat(one.files().keySet().stream().filter(Recording::holdsObjects))
        .doesNotContainAnyElementsOf(before.files().keySet());
  }

  @Test
  void the_surroundings_are_there_and_secrets_are_planted() {
    Recording before = Recording.of(ONE.bundle());
    Snapshot snapshot = before.read();
    var around =
        Surroundings.of(before, snapshot).read().cluster("default").orElseThrow().objects();

    assertThat(around.pods("aaa-elsewhere")).hasSize(2);
    assertThat(around.all())
        .hasSizeGreaterThan(snapshot.cluster("default").orElseThrow().objects().all().size() + 20);
    assertThat(String.join("", Secrets.of(before).files().values())).contains(Secrets.SECRET);
  }

  @Test
  void surroundings_leave_a_lint_a_lint() {
    Recording lint =
        new Recording(
            new TreeMap<>(
                Map.of(
                    "clusters/default/resources/a.json",
                    "{\"kind\": \"List\", \"items\": [{\"apiVersion\": \"v1\", \"kind\":"
                        + " \"Service\", \"metadata\": {\"name\": \"a\"}}]}")));
    assertThat(lint.read().cluster("default").orElseThrow().manifestsOnly()).isTrue();
    assertThat(
            Surroundings.of(lint, lint.read())
                .read()
                .cluster("default")
                .orElseThrow()
                .manifestsOnly())
        .isTrue();
  }

  @Test
  void every_difference_is_named() {
    Reply reply = ONE.answer(ONE.bundle().snapshot());
    Expected right = ONE.expected();
    String key = "scaled-to-zero@default/Deployment/shop/web-v1";
    Map<String, Expected.Expectation> fewer = new TreeMap<>(right.findings());
    fewer.remove(key);
    Map<String, Expected.Expectation> other = new TreeMap<>(right.findings());
    other.put(
        key,
        new Expected.Expectation(
            "risk",
            Optional.of(Optional.of(0.5)),
            Optional.of("spec"),
            Optional.of("low"),
            Optional.of(java.util.Set.of())));

    assertThat(Differences.of(right, reply)).isEmpty();
    assertThat(differences(right, Optional.of("healthy"), right.share(), right.findings(), reply))
        .singleElement()
        .asString()
        .startsWith("verdict should be healthy");
    assertThat(
            differences(
                right, right.verdict(), Optional.of(Optional.empty()), right.findings(), reply))
        .singleElement()
        .asString()
        .startsWith("share should be");
    assertThat(differences(right, right.verdict(), right.share(), fewer, reply))
        .singleElement()
        .asString()
        .startsWith("findings should be");
    assertThat(differences(right, right.verdict(), right.share(), other, reply)).hasSize(5);
    assertThat(Differences.of(right, new Reply.Refused("no")))
        .isEqualTo(List.of("it was refused: no"));
  }

  private static List<String> differences(
      Expected base,
      Optional<String> verdict,
      Optional<Optional<Double>> share,
      Map<String, Expected.Expectation> findings,
      Reply reply) {
    return Differences.of(
        new Expected(
            base.question(),
            verdict,
            share,
            findings,
            base.inconclusive(),
            base.ruledOut(),
            base.notRuledOut(),
            base.summary(),
            base.hops(),
            base.refused(),
            base.live()),
        reply);
  }
}

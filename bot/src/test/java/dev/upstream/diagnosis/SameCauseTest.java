package dev.upstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Source;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is true of several objects is said once, of all of them. */
class SameCauseTest {
  private static final CheckInfo INFO =
      CheckInfo.rootCause("some-cause", "It is so.", Set.of(Source.NODE), Set.of(), List.of());

  private static Finding lost(String node) {
    return Finding.of(
            INFO,
            "east",
            ObjectRef.of(Kind.NODE, "", node),
            "Connections from node " + node + " get lost: it picks a NodePort.")
        .ofSeveral("Connections from " + Finding.THEY + " get lost: they pick a NodePort.");
  }

  private static Finding scaled(String deployment, int replicas) {
    return Finding.of(
        INFO,
        "east",
        ObjectRef.of(Kind.DEPLOYMENT, "shop", deployment),
        "Deployment shop/" + deployment + " is scaled to " + replicas + ".");
  }

  private static List<String> headlines(Finding... findings) {
    return SameCause.of(List.of(findings)).stream().map(SameCause::headline).toList();
  }

  @Test
  void ofOneItIsSaidAsTheCheckSaysIt() {
    assertThat(headlines(lost("node-a")))
        .containsExactly("Connections from node node-a get lost: it picks a NodePort.");
  }

  @Test
  void ofSeveralTheWordsForSeveralAreTaken() {
    assertThat(headlines(lost("node-a"), lost("node-b")))
        .containsExactly(
            "Connections from 2 nodes (node-a, node-b) get lost: they pick a NodePort.");
  }

  @Test
  void ofManyAFewAreNamed() {
    Finding[] many =
        Stream.of("a", "b", "c", "d", "e", "f", "g")
            .map(SameCauseTest::lost)
            .toArray(Finding[]::new);
    assertThat(headlines(many))
        .containsExactly(
            "Connections from 7 nodes (a, b, c, d, e and 2 more) get lost: they pick a NodePort.");
  }

  @Test
  void withoutSuchWordsTheOthersAreNamedBehind() {
    SameCause same = SameCause.of(scaled("a", 0), List.of(scaled("a", 0), scaled("b", 0)));
    assertThat(same.headline())
        .isEqualTo("Deployment shop/a is scaled to 0. The same on Deployment shop/b.");
    assertThat(same.summary()).isEqualTo("Deployment shop/a is scaled to 0.");
  }

  @Test
  void whatDiffersInMoreThanTheNameStandsAlone() {
    assertThat(headlines(scaled("web", 0), scaled("api", 1), scaled("web-2", 0)))
        .containsExactly(
            "Deployment shop/web is scaled to 0. The same on Deployment shop/web-2.",
            "Deployment shop/api is scaled to 1.");
    assertThat(headlines(scaled("web", 0), scaled("web", 0).at("spec.replicas"))).hasSize(2);
  }

  @Test
  void togetherTheyAreAsSureAsTheLeastSure() {
    List<Finding> findings = List.of(lost("node-a"), lost("node-b").sure(Confidence.MEDIUM));
    assertThat(SameCause.of(findings))
        .singleElement()
        .satisfies(s -> assertThat(s.confidence()).isEqualTo(Confidence.MEDIUM));
  }
}

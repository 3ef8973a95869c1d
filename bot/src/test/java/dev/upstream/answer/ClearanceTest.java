package dev.upstream.answer;

import static dev.upstream.policy.Rights.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.path.Ask;
import dev.upstream.policy.Person;
import dev.upstream.policy.Place;
import dev.upstream.policy.Policy;
import dev.upstream.policy.ReadRule;
import dev.upstream.policy.Reader;
import dev.upstream.policy.Rights;
import dev.upstream.slack.Case1;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first case, for people with different rights. */
class ClearanceTest {
  private static Reader reader(ReadRule... rules) {
    return new Reader(new Policy(List.of(rules)), Rights.member("U0ANA"));
  }

  private static final Reader ALL = reader(rule(1, "*", "*", "everyone"));
  private static final Reader SHOP = reader(rule(1, "east", "shop", "everyone"));

  private static Clearance.View view(Reader reader, Reply reply) {
    return view(reader, Question.about("shop.example.com"), reply);
  }

  private static Clearance.View view(Reader reader, Question question, Reply reply) {
    return new Clearance(reader).view(question, reply, Case1.collector(), new TreeMap<>());
  }

  private static Diagnosis shown(Clearance.View view) {
    return ((Reply.Answered) view.reply()).worst();
  }

  private static Reply answer(Question question) {
    return new Answering(Case1.collector()).answer(question);
  }

  @Test
  void whoMayReadAllSeesTheWholeAnswer() {
    Reply.Answered whole = Case1.reply("shop.example.com");
    Clearance.View view = view(ALL, whole);
    assertThat(view.leftOut()).isEmpty();
    assertThat(shown(view).summary()).isEqualTo(whole.worst().summary());
    assertThat(shown(view).findings()).isEqualTo(whole.worst().findings());
    assertThat(shown(view).hops()).isEqualTo(whole.worst().hops());
    assertThat(shown(view).path()).isEqualTo(whole.worst().path());
  }

  @Test
  void whoMayReadTheTargetAloneSeesWhatLiesThere() {
    Reply.Answered whole = Case1.reply("shop.example.com");
    Clearance.View view = view(SHOP, whole);
    Diagnosis d = shown(view);
    assertThat(d.verdict()).isEqualTo(whole.worst().verdict());
    assertThat(d.share()).isEqualTo(whole.worst().share());
    assertThat(d.summary()).isEqualTo(whole.worst().summary());
    assertThat(d.findings()).isNotEmpty().allMatch(f -> f.subject().namespace().equals("shop"));
    assertThat(d.hops()).isNotEmpty().allMatch(h -> h.hop().ref().namespace().equals("shop"));
    assertThat(d.path()).isEmpty();
    assertThat(d.toString()).doesNotContain("istio-system");
    assertThat(view.leftOut().orElseThrow())
        .startsWith("Not shown: ")
        .contains("details")
        .endsWith(" in namespaces that the asker may not read.");
  }

  @Test
  void whoMayReadTheMeshAloneIsRefusedTheWholeQuestion() {
    Clearance.View view =
        view(reader(rule(1, "*", "istio-system", "everyone")), Case1.reply("shop.example.com"));
    assertThat(view.reply())
        .isEqualTo(
            new Reply.Refused(
                "Nothing that you may read is named \"shop.example.com\". Is the name right? No"
                    + " rule of policy.yml lets you read everything where it could lie."));
    assertThat(view.leftOut()).isEmpty();
  }

  @Test
  void guestsAndOthersSeeNothingWhateverTheRulesSay() {
    for (Person.Kind kind : Person.Kind.values()) {
      Reader open =
          new Reader(new Policy(List.of(rule(1, "*", "*", "everyone U0ANA"))), Rights.of(kind));
      boolean member = kind == Person.Kind.MEMBER;
      assertThat(view(open, Case1.reply("shop.example.com")).reply() instanceof Reply.Answered)
          .isEqualTo(member);
      assertThat(
              new Clearance(open)
                  .refusal(Question.about("shop.example.com"), Case1.collector())
                  .isEmpty())
          .isEqualTo(member);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop.example.com | | | | ",
        "shop/web | | | | ",
        "pay/web | | | | No rule of policy.yml gives you the right to read namespace pay in cluster"
            + " east.",
        "pod/pay/web-1 | | | | No rule of policy.yml gives you the right to read namespace pay",
        "ingress/pay/web | | | | No rule of policy.yml gives you the right to read namespace pay",
        "web.pay.svc.cluster.local | | | | No rule of policy.yml gives you the right to read",
        "web | | | pay | No rule of policy.yml gives you the right to read namespace pay",
        "shop/web | | pay/cart | | No rule of policy.yml gives you the right to read namespace pay",
        "shop/web | | shop/cart | shop | ",
        "shop/web | east | | | ",
        "shop/web | all | | | ",
        "shop/web | west | | | There is no cluster \"west\" that you may read; there is east.",
        "shop/web | nord | | | There is no cluster \"nord\" that you may read; there is east.",
      })
  void aQuestionWhoseOwnWordsNameWhatIsClosedIsRefusedBeforeAnythingIsAsked(
      String target, String cluster, String client, String namespace, String sentence) {
    Question question =
        new Question(
            target,
            cluster == null ? List.of() : List.of(cluster),
            Optional.ofNullable(client),
            Optional.ofNullable(namespace));
    Optional<Reply.Refused> refusal = new Clearance(SHOP).refusal(question, Case1.collector());
    assertThat(refusal.isPresent()).isEqualTo(sentence != null);
    refusal.ifPresent(r -> assertThat(r.sentence()).startsWith(sentence));
  }

  @Test
  void clustersThatMayNotBeReadAreAsIfTheyWereNotThere() {
    Collector collector = new ReadableClusters(Case1.collector(), SHOP);
    assertThat(collector.clusters()).containsExactly("east");
    assertThat(collector.defaultCluster()).contains("east");
    Reply reply =
        new Answering(collector)
            .answer(
                new Question(
                    "shop.example.com", List.of("all"), Optional.empty(), Optional.empty()));
    assertThat(((Reply.Answered) reply).diagnoses()).hasSize(1);
    Reader west = reader(rule(1, "west", "*", "everyone"));
    assertThat(new ReadableClusters(Case1.collector(), west).defaultCluster()).isEmpty();
  }

  @Test
  void theAnswerOfAClusterThatMayNotBeReadIsAsIfItWereNotThere() {
    Reply both =
        answer(
            new Question("shop.example.com", List.of("all"), Optional.empty(), Optional.empty()));
    assertThat(((Reply.Answered) both).diagnoses()).hasSize(2);
    Clearance.View view = view(SHOP, both);
    assertThat(((Reply.Answered) view.reply()).diagnoses()).hasSize(1);
    assertThat(view.reply().toString()).doesNotContain("west");
    assertThat(view.leftOut()).isEqualTo(view(SHOP, Case1.reply("shop.example.com")).leftOut());
  }

  /** Whoever may read wherever the name could lie is told what is near. */
  @Test
  void nearNamesAreToldOnlyWhereTheyMayBeRead() {
    Reply refused =
        new Reply.Refused(
            "Nothing here is named \"shop/wep\" (looked in east).",
            "Near:",
            List.of(
                new Reply.Named("east", Optional.of(new Place("east", "shop")), "shop/web"),
                new Reply.Named("east", Optional.of(new Place("east", "pay")), "pay/web"),
                new Reply.Named("east", Optional.empty(), "shop.example.com")),
            Reply.Refused.Why.NAME);
    Question inShop = new Question("shop/wep", List.of("east"), Optional.empty(), Optional.empty());
    assertThat(((Reply.Refused) view(ALL, inShop, refused).reply()).sentence())
        .endsWith("Near: pay/web, shop.example.com, shop/web.");
    assertThat(((Reply.Refused) view(SHOP, inShop, refused).reply()).sentence())
        .isEqualTo("Nothing here is named \"shop/wep\" (looked in east). Near: shop/web.");
    assertThat(((Reply.Refused) view(SHOP, Question.about("wep"), refused).reply()).sentence())
        .isEqualTo(
            "Nothing that you may read is named \"wep\". Is the name right? No rule of policy.yml"
                + " lets you read everything where it could lie.");
  }

  @Test
  void whatAnsweringRefusesSaysWhereTheNamesLie() {
    Reply.Refused near =
        (Reply.Refused)
            answer(new Question("shop/wep", List.of("east"), Optional.empty(), Optional.empty()));
    assertThat(near.names())
        .contains(new Reply.Named("east", Optional.of(new Place("east", "shop")), "web.shop"));
    assertThat(near.sentence()).contains("(looked in east").contains("Near: web.shop");
  }

  @Test
  void whoMayNotReadEveryClusterAsksThoseThatHeMay() {
    Collector both = new ReadableClusters(new Two(), ALL);
    Clearance some = new Clearance(SHOP);
    Clearance all = new Clearance(ALL);
    Question everywhere =
        new Question("shop.example.com", List.of("all"), Optional.empty(), Optional.empty());
    assertThat(some.narrowed(everywhere, both).clusters()).containsExactly("east");
    assertThat(some.narrowed(Question.about("shop.example.com"), both).clusters())
        .containsExactly("east");
    assertThat(all.narrowed(everywhere, both)).isEqualTo(everywhere);
    assertThat(all.narrowed(Question.about("shop.example.com"), both).clusters()).isEmpty();
  }

  @Test
  void logLinesStayOutOfSharedChannels() {
    Reply.Answered whole = Case1.reply("shop.example.com");
    assertThat(whole.worst().findings().stream().flatMap(f -> f.evidence().stream()))
        .anyMatch(e -> e.source() == Source.LOG && e.text().contains(" UH "));
    Diagnosis told = ((Reply.Answered) Clearance.withoutLogLines(whole)).worst();

    List<Evidence> logs =
        told.findings().stream()
            .map(Finding::evidence)
            .flatMap(List::stream)
            .filter(e -> e.source() == Source.LOG)
            .toList();
    assertThat(logs)
        .isNotEmpty()
        .allSatisfy(
            e -> {
              assertThat(e.text()).startsWith("A log shows it.");
              assertThat(e.command()).startsWith("kubectl ").contains(" logs ").doesNotContain("|");
            });
    assertThat(told.toString()).doesNotContain("logged requests");
    assertThat(told.summary()).isEqualTo(whole.worst().summary());
    assertThat(told.findings()).hasSameSizeAs(whole.worst().findings());
  }

  /** Clusters east and west, without a default. */
  private static final class Two implements Collector {
    @Override
    public List<String> clusters() {
      return List.of("east", "west");
    }

    @Override
    public Optional<String> defaultCluster() {
      return Optional.empty();
    }

    @Override
    public Snapshot collect(Ask ask) {
      return Case1.collector().collect(ask);
    }
  }
}

package dev.upstream.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.diagnosis.Catalogue;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Edit;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Headline;
import dev.upstream.diagnosis.Outcome;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.diagnosis.Severity;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.path.Hop;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request from shop in east into pay in west, for people with different rights. */
class RedactionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:16:00Z");
  private static final String CAUSE = "Deployment pay/till is scaled to 0.";

  private static Finding finding(
      String id, Role role, String cluster, ObjectRef subject, String summary, Evidence... proofs) {
    return new Finding(
        id,
        role,
        Severity.CRITICAL,
        dev.upstream.diagnosis.Confidence.HIGH,
        cluster,
        subject,
        "spec",
        summary,
        Optional.empty(),
        dev.upstream.diagnosis.Impact.nothing(),
        Optional.of(1d),
        Optional.empty(),
        List.of(proofs),
        new TreeSet<>(Set.of("scaled-to-zero@west/Deployment/pay/till")));
  }

  private static Diagnosis.HopState hop(String cluster, Kind kind, String namespace, String name) {
    return new Diagnosis.HopState(
        new Hop(cluster, ObjectRef.of(kind, namespace, name), "-> till.pay.svc", 1),
        Diagnosis.State.FAILING);
  }

  private static Gap gap(String cluster, String scope, String detail) {
    return new Gap(cluster, Source.OBJECTS, scope, Gap.Cause.FORBIDDEN, detail, "Allow it.");
  }

  private static Diagnosis diagnosis(Verdict verdict, Headline headline, Evidence... proofs) {
    Finding cause =
        finding(
            "scaled-to-zero",
            Role.ROOT_CAUSE,
            "west",
            ObjectRef.of(Kind.DEPLOYMENT, "pay", "till"),
            CAUSE);
    Finding symptom =
        finding(
            "envoy-no-healthy-upstream",
            Role.SYMPTOM,
            "east",
            ObjectRef.of(Kind.SERVICE, "shop", "web"),
            "The proxy has no usable endpoint.",
            proofs);
    return new Diagnosis(
        "shop.example.com",
        "shop/cart",
        NOW,
        verdict,
        Optional.of(1d),
        Optional.empty(),
        headline,
        Optional.empty(),
        List.of(
            hop("east", Kind.VIRTUAL_SERVICE, "shop", "web"),
            hop("west", Kind.SERVICE, "pay", "till")),
        List.of(cause, symptom),
        List.of(
            new Edit("east", ObjectRef.of(Kind.SERVICE, "shop", "web"), "spec", "kubectl", NOW),
            new Edit("west", ObjectRef.of(Kind.DEPLOYMENT, "pay", "till"), "spec", "argo", NOW)),
        List.of(),
        List.of(
            gap("east", "pods in shop", "Upstream may not list pods in namespace shop."),
            gap("east", "pods in pay", "Upstream may not list pods in namespace pay."),
            gap("west", "*", "Not reachable.")),
        List.of(
            new Outcome.Found(Catalogue.CHECKS.getFirst().info(), List.of(cause)),
            new Outcome.Crashed(Catalogue.CHECKS.getLast().info(), "what pay held")));
  }

  private static Diagnosis broken(Evidence... proofs) {
    return diagnosis(
        Verdict.BROKEN,
        Headline.of("100 % of requests to shop.example.com fail with 503", CAUSE),
        proofs);
  }

  private static Redaction.View.Shown shown(Diagnosis d, Reader reader) {
    return (Redaction.View.Shown) Redaction.of(d, reader);
  }

  @Test
  void whatLiesElsewhereIsLeftOutAndCounted() {
    Redaction.View.Shown shown = shown(broken(), Rights.reader("shop"));
    Diagnosis d = shown.diagnosis();
    assertThat(d.toString()).doesNotContain("pay").doesNotContain("till").doesNotContain("argo");
    assertThat(d.verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(d.client()).isEqualTo("shop/cart");
    assertThat(d.summary())
        .isEqualTo(
            "100 % of requests to shop.example.com fail. The cause lies in a namespace that the"
                + " asker may not read.");
    assertThat(d.findings()).singleElement().satisfies(f -> assertThat(f.explains()).isEmpty());
    assertThat(d.hops()).singleElement().satisfies(h -> assertThat(h.hop().detail()).isEmpty());
    assertThat(d.notChecked()).extracting(Gap::scope).containsExactly("pods in shop", "*");
    assertThat(d.checks()).singleElement().isInstanceOf(Outcome.Crashed.class);
    assertThat(shown.leftOut()).isEqualTo(new LeftOut(1, 0, 1, 1, 1));
    assertThat(shown.leftOut().sentence())
        .contains(
            "Not shown: 1 finding, 1 step of the path, 1 change and 1 thing that could not be"
                + " checked in namespaces that the asker may not read.");
  }

  /** What is true of several is told of those alone that may be read. */
  @Test
  void theHeadlineNamesNoHiddenObjectOfWhichTheSameIsTrue() {
    Finding open = scaled("shop");
    Finding closed = scaled("pay");
    Diagnosis whole =
        Retelling.diagnosis(
            broken(),
            Headline.of(
                "100 % of requests to shop.example.com fail",
                SameCause.of(open, List.of(closed)).headline()),
            List.of(open, closed));
    assertThat(whole.summary()).endsWith("The same on Deployment pay/till.");
    Reader reader =
        new Reader(
            new Policy(
                List.of(
                    Rights.rule(1, "east", "shop pay", "everyone"),
                    Rights.rule(2, "west", "shop", "everyone"))),
            Rights.member("U0ANA"));
    assertThat(shown(whole, reader).diagnosis().summary())
        .isEqualTo("100 % of requests to shop.example.com fail: A Deployment is scaled to 0.");
  }

  private static Finding scaled(String namespace) {
    return finding(
        "scaled-to-zero",
        Role.ROOT_CAUSE,
        "west",
        ObjectRef.of(Kind.DEPLOYMENT, namespace, "till"),
        "A Deployment is scaled to 0.");
  }

  @Test
  void ofAClusterThatMayNotBeReadNotEvenItsNameIsTold() {
    Reader east =
        new Reader(
            new Policy(List.of(Rights.rule(1, "east", "*", "everyone"))), Rights.member("U0ANA"));
    Diagnosis d =
        shown(
                broken(
                    new Evidence(Source.PROXY, "No endpoint", "istioctl --context east x"),
                    new Evidence(Source.PROXY, "No endpoint", "istioctl --context west x"),
                    new Evidence(Source.PROXY, "Seen in west.", "")),
                east)
            .diagnosis();
    assertThat(d.toString()).doesNotContain("west");
    assertThat(d.findings().getFirst().evidence())
        .extracting(Evidence::command)
        .containsExactly("istioctl --context east x");
  }

  @Test
  void theSameNamespaceOfAnotherClusterIsAnother() {
    Reader reader =
        new Reader(
            new Policy(
                List.of(
                    Rights.rule(1, "east", "shop pay", "everyone"),
                    Rights.rule(2, "west", "shop", "everyone"))),
            Rights.member("U0ANA"));
    Diagnosis d = shown(broken(), reader).diagnosis();
    assertThat(d.hops()).extracting(h -> h.hop().cluster()).containsExactly("east");
    assertThat(d.findings()).extracting(Finding::cluster).containsExactly("east");
    assertThat(d.notChecked()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pay",
        "Deployment pay/till",
        "(pay/till)",
        "pay/till, shop/web",
        "till.pay.svc.cluster.local",
        "outbound|80||till.pay.svc.cluster.local",
        "proxy-config endpoints till-5d8.pay --cluster x",
        "kubectl -n pay get pods",
        "kubectl --namespace=pay get pods",
        "it lies in namespace \"pay\".",
        "upstream pay-till-8080 answered",
        "PAY is pay",
      })
  void aProofThatSpeaksOfAClosedNamespaceIsLeftOut(String text) {
    for (Evidence proof :
        List.of(new Evidence(Source.LOG, text, "x"), new Evidence(Source.LOG, "x", text))) {
      Redaction.View.Shown shown = shown(broken(proof), Rights.reader("shop"));
      assertThat(shown.diagnosis().findings().getFirst().evidence()).isEmpty();
      assertThat(shown.leftOut().details()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubectl -n secrets get pods",
        "ServiceEntries: shop/a, secrets/b",
        "No Service in namespace secrets",
        "No pods in secrets",
        "web.secrets.svc",
      })
  void aNamespaceThatOnlyATextNamesIsClosedToo(String text) {
    Redaction.View.Shown shown =
        shown(broken(new Evidence(Source.OBJECTS, text, "")), Rights.reader("shop"));
    assertThat(shown.diagnosis().findings().getFirst().evidence()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubectl -n shop get deployment/web",
        "paying customers are payed",
        "Upstream may not create pods/portforward in namespace shop",
        "503/UH after GET /pay/till over HTTP/1.1",
        "apps/v1 and networking.k8s.io/v1 in the whole cluster",
        "3/5 ready",
        "Apply config/node-facts.yml",
        "read tcp: i/o timeout",
        "shop/web",
      })
  void whatSpeaksOfNothingClosedStays(String text) {
    Reader reader = Rights.reader("shop");
    Diagnosis d = broken(new Evidence(Source.OBJECTS, text, ""));
    if (text.contains("/pay/")) {
      assertThat(shown(d, reader).diagnosis().findings().getFirst().evidence()).isEmpty();
    } else {
      assertThat(shown(d, reader).diagnosis().findings().getFirst().evidence()).hasSize(1);
    }
  }

  @Test
  void aNamespaceNamedAsAnObjectThatMayBeReadIsToldFromIt() {
    Diagnosis d = broken(new Evidence(Source.OBJECTS, "Service web has no port", ""));
    Finding other =
        finding(
            "crash-loop", Role.SYMPTOM, "east", ObjectRef.of(Kind.DEPLOYMENT, "web", "x"), "...");
    Diagnosis more = Retelling.diagnosis(d, d.headline(), List.of(d.findings().getLast(), other));
    assertThat(shown(more, Rights.reader("shop")).diagnosis().findings())
        .singleElement()
        .satisfies(f -> assertThat(f.evidence()).hasSize(1));
    Diagnosis placed =
        Retelling.diagnosis(
            d,
            d.headline(),
            List.of(
                d.findings().getLast().proof(new Evidence(Source.LOG, "Pod web/x", "")), other));
    assertThat(shown(placed, Rights.reader("shop")).diagnosis().findings().getFirst().evidence())
        .hasSize(1);
  }

  @Test
  void aFindingThatSpeaksOfAClosedNamespaceIsToldByItsTitleAlone() {
    Finding f =
        finding(
            "vs-destination-host-unknown",
            Role.ROOT_CAUSE,
            "east",
            ObjectRef.of(Kind.VIRTUAL_SERVICE, "shop", "web"),
            "VirtualService shop/web routes to till.pay.svc, which nothing defines.");
    Diagnosis d = broken();
    Diagnosis one =
        Retelling.diagnosis(
            d, Headline.of("All requests to shop.example.com fail", f.summary()), List.of(f));
    Diagnosis told = shown(one, Rights.reader("shop")).diagnosis();
    assertThat(told.findings())
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.summary()).isEqualTo(Catalogue.find(f.id()).orElseThrow().title());
              assertThat(t.fieldPath()).isEmpty();
              assertThat(t.key()).isEqualTo(f.key());
            });
    assertThat(told.toString()).doesNotContain("till");
    assertThat(told.summary()).endsWith(told.findings().getFirst().summary());
  }

  @Test
  void theAssumedClientIsToldOnlyWhereItMayBeRead() {
    Diagnosis d = broken();
    Diagnosis fromPay =
        new Diagnosis(
            d.target(),
            "pay/till",
            d.at(),
            Verdict.HEALTHY,
            d.share(),
            d.since(),
            Headline.of("Requests to shop.example.com are served; nothing wrong was found", ""),
            d.path(),
            List.of(d.hops().getFirst()),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(shown(fromPay, Rights.reader("shop")).diagnosis().client()).isEmpty();
    assertThat(shown(fromPay, Rights.reader("shop", "pay")).diagnosis().client())
        .isEqualTo("pay/till");
  }

  @Test
  void whoMayNotReadTheTargetsOwnNamespaceSeesNothingAtAll() {
    assertThat(Redaction.of(broken(), Rights.reader("pay")))
        .isEqualTo(new Redaction.View.Refused());
    assertThat(Redaction.of(broken(), Rights.reader("shop-*")))
        .isEqualTo(new Redaction.View.Refused());
    Reader west =
        new Reader(
            new Policy(List.of(Rights.rule(1, "west", "*", "everyone"))), Rights.member("U0ANA"));
    assertThat(Redaction.of(broken(), west)).isEqualTo(new Redaction.View.Refused());
  }

  @Test
  void theHeadlineSaysOfEveryVerdictOnlyWhatMayBeSaid() {
    Reader shop = Rights.reader("shop");
    assertThat(
            shown(diagnosis(Verdict.UNKNOWN, Headline.of("pods in pay were not seen", "")), shop)
                .diagnosis())
        .extracting(Diagnosis::summary)
        .isEqualTo(
            "Nothing failing was seen for shop.example.com, but not everything could be checked.");
    assertThat(
            shown(diagnosis(Verdict.AT_RISK, Headline.of("a risk", "pay/till")), shop).diagnosis())
        .extracting(Diagnosis::summary)
        .isEqualTo(
            "Requests to shop.example.com are served now, but there is a risk in a namespace that"
                + " the asker may not read.");
    assertThat(shown(diagnosis(Verdict.HEALTHY, Headline.of("pay is well", "")), shop).diagnosis())
        .extracting(Diagnosis::summary)
        .isEqualTo("Requests to shop.example.com are served; nothing wrong was found.");
  }

  /** Long and hostile texts are read once, sign by sign. */
  @Test
  void hostileTextsHideAndCostNothing() {
    String deep = "a/".repeat(50_000) + "-n ".repeat(50_000) + ".svc".repeat(50_000);
    Redaction.View.Shown shown =
        shown(
            broken(
                new Evidence(Source.LOG, deep + " pay/till", ""),
                new Evidence(Source.LOG, "\u202Epay\u202C/till", ""),
                new Evidence(Source.LOG, "pay", "-n\tpay")),
            Rights.reader("shop"));
    assertThat(shown.diagnosis().findings().getFirst().evidence()).isEmpty();
  }
}

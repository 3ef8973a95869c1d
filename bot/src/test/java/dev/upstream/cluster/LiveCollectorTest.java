package dev.upstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.path.Ask;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import dev.upstream.target.TargetParser;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A live cluster on bad days: every one of them is a gap, none is an exception or a "healthy". */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveCollectorTest {
  private static final Clock CLOCK = Clock.fixed(Instant.parse(Shop.NOW), ZoneOffset.UTC);
  private static final Limits PATIENT =
      new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 8, 100);
  private static final Limits HASTY =
      new Limits(Duration.ofSeconds(3), Duration.ofSeconds(60), 8, 100);
  private static final String SERVICES = "/api/v1/services";

  private FakeApi api;

  @BeforeEach
  void start() throws IOException {
    api = Shop.healthy();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Config config(String url, Optional<String> token) {
    ConfigBuilder config = new ConfigBuilder(Config.empty()).withMasterUrl(url);
    token.ifPresent(config::withOauthToken);
    return config.build();
  }

  private static LiveCollector collector(Config config, Limits limits) {
    ClusterSource east =
        new ClusterSource(
            "east", Kubeconfigs.bounded(config, limits), List.of("istio-system"), List.of());
    return new LiveCollector(List.of(east), Optional.of("east"), limits, CLOCK);
  }

  private static Diagnosis check(Config config, Limits limits) {
    try (LiveCollector collector = collector(config, limits)) {
      Reply reply = new Answering(collector).answer(Question.about("shop/web"));
      assertThat(reply).isInstanceOf(Reply.Answered.class);
      return ((Reply.Answered) reply).worst();
    }
  }

  private Diagnosis check(Limits limits) {
    return check(config(api.url(), Optional.empty()), limits);
  }

  private Diagnosis check() {
    return check(PATIENT);
  }

  private Snapshot snapshot() {
    try (LiveCollector collector = collector(config(api.url(), Optional.empty()), PATIENT)) {
      return collector.collect(
          new Ask(
              TargetParser.parse("shop/web").orElseThrow(),
              "east",
              Optional.empty(),
              Optional.empty()));
    }
  }

  @Test
  void aPodIsAskedForByItsName() {
    try (LiveCollector collector = collector(config(api.url(), Optional.empty()), PATIENT)) {
      Reply reply = new Answering(collector).answer(Question.about("pod/web-a"));
      assertThat(((Reply.Answered) reply).worst().summary())
          .contains("Pod shop/web-a is ready since");
    }
    assertThat(api.asked())
        .anyMatch(p -> p.startsWith("/api/v1/pods?") && p.contains("metadata.name%3Dweb-a"))
        .doesNotContain("/api/v1/pods?limit=500");
  }

  private static Gap only(Diagnosis d, Gap.Cause cause) {
    List<Gap> gaps = d.notChecked().stream().filter(g -> g.cause() == cause).toList();
    assertThat(gaps).as("gaps of cause " + cause + " in " + d.notChecked()).hasSize(1);
    return gaps.getFirst();
  }

  /** On a busy machine others may be late as well, so that only this one is looked for. */
  private static Gap timedOut(Diagnosis d, String scope) {
    return d.notChecked().stream()
        .filter(g -> g.cause() == Gap.Cause.TIMEOUT && g.scope().equals(scope))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no timeout of " + scope + " in " + d.notChecked()));
  }

  private static String jwt(String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }

  @Test
  void aHealthyServiceIsHealthyAndNoExtensionIsMissed() {
    Diagnosis d = check();

    assertThat(d.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(d.notChecked()).isEmpty();
    assertThat(api.asked())
        .as("extensions that nobody installed were asked for")
        .anyMatch(p -> p.startsWith("/apis/networking.istio.io/v1/virtualservices"));
  }

  @Test
  void oneKindThatHangsCostsThatKind() {
    api.when(p -> p.startsWith("/apis/apps/v1/namespaces/shop/deployments"), api.hang());
    Gap gap = timedOut(check(HASTY), "deployments in shop");

    assertThat(gap.source()).isEqualTo(Source.OBJECTS);
    assertThat(gap.detail()).isEqualTo("No answer in 3 s.");
  }

  @Test
  void pathObjectsThatHangLeaveTheVerdictOpen() {
    api.when(p -> p.contains("/endpointslices"), api.hang());
    Diagnosis d = check(HASTY);

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(timedOut(d, "endpointslices in shop").source()).isEqualTo(Source.OBJECTS);
  }

  @Test
  void aClusterThatOnlyHangsIsLeftAlone() {
    api.when(p -> true, api.hang());
    Diagnosis d = check(HASTY);

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(d.notChecked()).hasSize(1);
    assertThat(only(d, Gap.Cause.TIMEOUT).scope()).startsWith("* ");
    assertThat(api.asked()).hasSizeLessThanOrEqualTo(HASTY.concurrency());
  }

  @Test
  void checksAtTheSameTimeShareWhatMayBeAskedAtTheSameTime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    api.when(
        p -> p.startsWith(SERVICES),
        e -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
          inside.decrementAndGet();
          FakeApi.text("{\"items\":[]}").answer(e);
        });
    Limits one = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 1, 100);
    Ask ask =
        new Ask(
            TargetParser.parse("shop/web").orElseThrow(),
            "east",
            Optional.empty(),
            Optional.empty());
    try (LiveCollector collector = collector(config(api.url(), Optional.empty()), one);
        ExecutorService checks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Snapshot>> seen =
          IntStream.range(0, 4).mapToObj(i -> checks.submit(() -> collector.collect(ask))).toList();
      for (Future<Snapshot> each : seen) {
        assertThat(each.get().clusters()).containsOnlyKeys("east");
      }
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void theDeadlineOfAClusterHoldsForAllKindsTogether() {
    Limits short2 = new Limits(Duration.ofSeconds(30), Duration.ofMillis(1500), 1, 100);
    api.when(p -> p.startsWith("/apis/networking.k8s.io/v1/ingresses"), api.hang());
    Diagnosis d = check(short2);

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(d.notChecked())
        .allMatch(g -> g.cause() == Gap.Cause.TIMEOUT)
        .anyMatch(g -> g.detail().contains("before the 1500 ms for this cluster were over"))
        .anyMatch(g -> g.detail().startsWith("Not asked any more: the 1500 ms"));
  }

  @Test
  void aListWithoutEndIsCutByTheDeadline() {
    api.when(
        p -> p.startsWith(SERVICES),
        FakeApi.text("{\"metadata\":{\"continue\":\"more\"},\"items\":[]}"));
    Diagnosis d = check(new Limits(Duration.ofSeconds(20), Duration.ofMillis(1500), 8, 100));

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(d.notChecked())
        .anyMatch(g -> g.scope().equals("services") && g.cause() == Gap.Cause.TIMEOUT);
  }

  @Test
  void slowAnswersAreWaitedFor() {
    AtomicBoolean first = new AtomicBoolean(true);
    api.when(
        p -> p.startsWith("/api/v1/namespaces/shop/pods") && first.getAndSet(false),
        e -> {
          java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(900).toNanos());
          FakeApi.status(503).answer(e);
        });
    assertThat(only(check(), Gap.Cause.UNREACHABLE).detail()).contains("answered 503");
  }

  @Test
  void aClusterThatRefusesConnectionsIsUnreachable() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    Diagnosis d = check(config("http://127.0.0.1:" + nobody, Optional.empty()), PATIENT);

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(d.notChecked()).hasSize(1);
    Gap gap = only(d, Gap.Cause.UNREACHABLE);
    assertThat(gap.scope()).isEqualTo("* (the whole cluster)");
    assertThat(gap.detail()).contains("east").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://127.0.0.1:1", "http://[nonsense", "http://no such host/"})
  void brokenSettingsOfAClusterAreAGap(String url) {
    Config broken =
        new ConfigBuilder(config(url, Optional.empty()))
            .withCaCertData("bm8gY2VydGlmaWNhdGU=")
            .build();
    Diagnosis d = check(broken, PATIENT);

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(only(d, Gap.Cause.UNREACHABLE).scope()).startsWith("* ");
  }

  @Test
  void anExpiredTokenIsACauseOfItsOwnAndSaysSince() {
    api.when(p -> true, FakeApi.status(401));
    String token = jwt("{\"exp\":1790000000,\"sub\":\"upstream\"}");
    Diagnosis d = check(config(api.url(), Optional.of(token)), PATIENT);

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(d.notChecked()).hasSize(1);
    Gap gap = only(d, Gap.Cause.UNAUTHORIZED);
    assertThat(gap.detail()).isEqualTo("The credential expired at 2026-09-21T14:13:20Z.");
    assertThat(gap.remedy()).contains("east");
    assertThat(api.asked()).hasSizeLessThanOrEqualTo(PATIENT.concurrency());
    assertThat(d.notChecked().toString() + d.summary()).doesNotContain(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-jwt-at-all",
        "a.b.c",
        "e30.bnVsbA.x",
        "e30.W10.x",
        "e30.eyJleHAiOjFlMzAwfQ.x",
        "e30.eyJleHAiOiJzb29uIn0.x"
      })
  void aTokenThatTellsNothingIsRefusedInOtherWords(String token) {
    api.when(p -> true, FakeApi.status(401));
    Gap gap = only(check(config(api.url(), Optional.of(token)), PATIENT), Gap.Cause.UNAUTHORIZED);

    assertThat(gap.detail()).isEqualTo("The credential was refused: expired, revoked or wrong.");
  }

  @Test
  void aTokenThatShouldStillLastIsSaidToBeRefused() {
    api.when(p -> true, FakeApi.status(401));
    Config config = config(api.url(), Optional.of(jwt("{\"exp\":4102444800}")));

    assertThat(only(check(config, PATIENT), Gap.Cause.UNAUTHORIZED).detail())
        .contains("refused, though it says that it lasts until 2100-01-01");
  }

  @Test
  void aKindThatMayNotBeListedAnywhereIsNamedWithItsVerb() {
    api.when(p -> p.startsWith("/apis/networking.k8s.io/v1/ingresses"), FakeApi.status(403));
    Diagnosis d = check();
    Gap gap = only(d, Gap.Cause.FORBIDDEN);

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(gap.scope()).isEqualTo("ingresses");
    assertThat(gap.detail()).isEqualTo("Upstream may not list ingresses in the whole cluster.");
    assertThat(gap.remedy()).contains("list", "ingresses", "networking.k8s.io", "ClusterRole");
  }

  @Test
  void aKindThatMayNotBeListedInANamespaceIsNamedWithIt() {
    api.when(p -> p.startsWith("/api/v1/namespaces/shop/pods"), FakeApi.status(403));
    Diagnosis d = check();
    Gap gap = only(d, Gap.Cause.FORBIDDEN);

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(gap.scope()).isEqualTo("pods in shop");
    assertThat(gap.detail()).isEqualTo("Upstream may not list pods in namespace shop.");
    assertThat(gap.remedy()).contains("list", "pods", "namespace shop", "a Role");
  }

  @Test
  void whereOnlyANamespaceMayBeListedThatOfTheTargetIs() {
    api.when(p -> p.startsWith(SERVICES), FakeApi.status(403));
    Diagnosis d = check();

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(only(d, Gap.Cause.FORBIDDEN).scope()).isEqualTo("services");
    assertThat(d.hops()).as("the Service was found in its namespace").isNotEmpty();
  }

  @Test
  void aListIsReadPageByPage() throws IOException {
    for (String name : IntStream.range(0, 1_200).mapToObj(i -> "s" + i).toList()) {
      api.with("services", Shop.SERVICE.replace("name: web,", "name: " + name + ","));
    }
    Snapshot snapshot = snapshot();

    assertThat(snapshot.cluster("east").orElseThrow().objects().all(Kind.SERVICE)).hasSize(1_201);
    assertThat(api.asked().stream().filter(p -> p.startsWith(SERVICES)).toList())
        .hasSize(3)
        .allMatch(p -> p.contains("limit=500"))
        .last()
        .asString()
        .contains("continue=1000");
  }

  @Test
  void aContinueTokenThatGrewTooOldStartsTheListAnewOnce() {
    api.pagesOf(1);
    AtomicBoolean old = new AtomicBoolean(true);
    api.when(
        p ->
            p.startsWith("/api/v1/namespaces/shop/pods")
                && p.contains("continue=")
                && old.getAndSet(false),
        FakeApi.status(410));
    Diagnosis d = check();

    assertThat(d.verdict()).isEqualTo(Verdict.HEALTHY);
    assertThat(d.notChecked()).isEmpty();
  }

  @Test
  void aListThatAlwaysGrowsTooOldIsTruncated() {
    api.pagesOf(1);
    api.when(
        p -> p.startsWith("/api/v1/namespaces/shop/pods") && p.contains("continue="),
        FakeApi.status(410));
    Diagnosis d = check();

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(only(d, Gap.Cause.TRUNCATED).scope()).isEqualTo("pods in shop");
    assertThat(
            api.asked().stream().filter(p -> p.contains("/pods?") && p.contains("Dweb&continue=")))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>Please log in</html>",
        "{\"items\": [",
        "[]",
        "null",
        "\"text\"",
        "",
        "{}",
        "{\"kind\":\"Status\"}",
        "{\"items\": [7, \"x\"]}"
      })
  void whatIsNoListIsUnparsed(String body) {
    api.when(p -> p.startsWith("/api/v1/namespaces/shop/pods"), FakeApi.text(body));
    Diagnosis d = check();
    Gap gap = only(d, Gap.Cause.UNPARSED);

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(gap.scope()).isEqualTo("pods in shop");
    assertThat(gap.detail()).contains("pods");
  }

  @Test
  void anInternalErrorIsAGapWithItsStatus() {
    api.when(p -> p.contains("/endpointslices"), FakeApi.status(500));
    Diagnosis d = check();

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(only(d, Gap.Cause.UNREACHABLE).detail())
        .isEqualTo("The API server answered 500 to list endpointslices in namespace shop.");
  }

  @Test
  void somethingThatIsNoApiServerIsNotTakenForAnEmptyCluster() {
    api.when(p -> true, FakeApi.status(404));
    Diagnosis d = check();

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(d.notChecked())
        .anyMatch(g -> g.scope().equals("services") && g.cause() == Gap.Cause.UNSUPPORTED);
  }

  @Test
  void anExtensionThatIsServedInAnOlderVersionIsReadInThat() throws IOException {
    api.when(
        p -> p.equals("/apis/networking.istio.io"),
        FakeApi.text(
            "{\"kind\":\"APIGroup\",\"versions\":[{\"groupVersion\":\"networking.istio.io/v1beta1\","
                + "\"version\":\"v1beta1\"}]}"));
    api.with(
        "virtualservices",
        """
        apiVersion: networking.istio.io/v1beta1
        kind: VirtualService
        metadata: {name: old, namespace: shop}
        spec: {hosts: [old.example.com], http: [{route: [{destination: {host: web}}]}]}
        """);

    assertThat(
            snapshot().cluster("east").orElseThrow().objects().all(Kind.VIRTUAL_SERVICE).stream()
                .map(r -> r.name()))
        .containsExactly("old");
  }

  @Test
  void anExtensionOfWhichNobodyKnowsWhetherItIsServedIsAGap() {
    api.when(p -> p.equals("/apis/networking.istio.io"), FakeApi.status(403));
    Diagnosis d = check();

    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(d.notChecked())
        .anyMatch(g -> g.scope().equals("virtualservices") && g.cause() == Gap.Cause.FORBIDDEN);
  }
}

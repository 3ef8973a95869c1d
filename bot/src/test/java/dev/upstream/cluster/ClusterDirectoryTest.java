package dev.upstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.upstream.answer.ClusterStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What there is to choose from in a live cluster, and how it is, on good days and bad. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterDirectoryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse(Shop.NOW);
  private static final Limits PATIENT =
      new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), 8, 100);
  private static final String NAMESPACES = "/api/v1/namespaces?";
  private static final String SERVICES = "/api/v1/services?";
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final List<AutoCloseable> open = new ArrayList<>();
  private FakeApi api = start();

  private static FakeApi start() {
    try {
      return Shop.healthy();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void namespaces() throws IOException {
    api.with("namespaces", namespace("shop"), namespace("billing"));
    api.when(p -> p.equals("/version"), FakeApi.text("{\"gitVersion\":\"v1.34.1\"}"));
    reviews(r -> true);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    api.close();
  }

  private ClusterDirectory directory(Config config, Limits limits) {
    ClusterSource east =
        new ClusterSource(
            "east", Kubeconfigs.bounded(config, limits), List.of("istio-system"), List.of());
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return java.util.Objects.requireNonNull(now.get());
          }
        };
    LiveCollector collector = new LiveCollector(List.of(east), Optional.of("east"), limits, clock);
    ClusterDirectory directory = collector.directory();
    open.addAll(List.of(collector, directory));
    return directory;
  }

  private static Config config(String url) {
    return new ConfigBuilder(Config.empty()).withMasterUrl(url).build();
  }

  private ClusterDirectory directory() {
    return directory(config(api.url()), PATIENT);
  }

  private static String namespace(String name) {
    return "{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}";
  }

  private static String service(String namespace, String name) {
    return "{apiVersion: v1, kind: Service, metadata: {namespace: %s, name: %s}}"
        .formatted(namespace, name);
  }

  /** Answers access reviews by what they ask: {@code verb group/resource/subresource}. */
  private void reviews(Predicate<String> allowed) {
    api.when(p -> p.equals(REVIEWS), e -> review(e, allowed));
  }

  private static void review(HttpExchange e, Predicate<String> allowed) throws IOException {
    JsonNode a = JSON.readTree(e.getRequestBody()).at("/spec/resourceAttributes");
    assertThat(a.path("namespace").asText()).as("the whole cluster is meant").isEmpty();
    String what =
        a.path("verb").asText()
            + " "
            + a.path("group").asText()
            + "/"
            + a.path("resource").asText()
            + (a.path("subresource").asText().isEmpty()
                ? ""
                : "/" + a.path("subresource").asText());
    FakeApi.text(
            "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\","
                + "\"status\":{\"allowed\":"
                + allowed.test(what)
                + "}}")
        .answer(e);
  }

  private long asked(String path) {
    return api.asked().stream().filter(p -> p.startsWith(path)).count();
  }

  private static ClusterStatus only(ClusterDirectory directory) {
    assertThat(directory.status()).hasSize(1);
    return directory.status().getFirst();
  }

  @Test
  void nothingIsAskedThatNobodyWanted() {
    ClusterDirectory directory = directory();
    assertThat(directory.clusters()).containsExactly("east");
    assertThat(directory.namespaces("west")).isEmpty();
    assertThat(directory.services("west", "shop")).isEmpty();
    assertThat(api.asked()).isEmpty();

    eventually(() -> directory.namespaces("east"), "billing", "shop");
    assertThat(asked(SERVICES)).isZero();
  }

  @Test
  void whatIsWaitedForTogetherIsThere() {
    ClusterDirectory directory = directory();
    directory.ready(List.of("east", "west"), Duration.ofSeconds(60));

    assertThat(directory.namespaces("east")).containsExactly("billing", "shop");
    assertThat(directory.services("east", "shop")).containsExactly("web");
    assertThat(asked(NAMESPACES)).isEqualTo(1);
    assertThat(asked(SERVICES)).isEqualTo(1);
  }

  /** A cluster that hangs takes no more than its share of one wait, and the others none of it. */
  @Test
  void allIsStartedAtOnceAndNamesWaitForNothing() {
    CountDownLatch go = new CountDownLatch(1);
    api.when(
        p -> p.startsWith(NAMESPACES) || p.startsWith(SERVICES),
        e -> {
          await(go);
          FakeApi.text("{\"items\":[]}").answer(e);
        });
    ClusterDirectory directory = directory();
    directory.ready(List.of("east"), Duration.ZERO);

    await(() -> asked(NAMESPACES) == 1 && asked(SERVICES) == 1);
    assertThat(directory.namespaces("east")).isEmpty();
    assertThat(directory.services("east", "shop")).isEmpty();
    go.countDown();
  }

  @Test
  void namesAreReadPageByPageAndOnlyOnce() throws IOException {
    for (int i : IntStream.range(0, 1_200).toArray()) {
      api.with("namespaces", namespace("n" + i)).with("services", service("shop", "s" + i));
    }
    ClusterDirectory directory = directory();

    await(() -> directory.namespaces("east").size() == 1_202);
    await(() -> directory.services("east", "shop").size() == 1_201);
    assertThat(directory.services("east", "billing")).isEmpty();
    assertThat(asked(NAMESPACES)).isEqualTo(3);
    assertThat(asked(SERVICES)).isEqualTo(3);
  }

  @Test
  void namesThatNoApiServerGivesAreLeftOut() throws IOException {
    api.with("namespaces", namespace("\"<!channel>\""), namespace("\"\""));
    ClusterDirectory directory = directory();
    eventually(() -> directory.namespaces("east"), "billing", "shop");
  }

  @Test
  void whereNamespacesMayNotBeListedServicesNameThem() {
    api.when(p -> p.startsWith(NAMESPACES), FakeApi.status(403));
    ClusterDirectory directory = directory();
    eventually(() -> directory.namespaces("east"), "shop");
  }

  @Test
  void whatHangsIsNotWaitedForAndWhatIsThereIsAnswered() throws IOException {
    api.pagesOf(1);
    api.when(p -> p.startsWith(NAMESPACES) && p.contains("continue="), api.hang());
    ClusterDirectory directory = directory();

    eventually(() -> directory.namespaces("east"), "shop");
    eventually(() -> directory.services("east", "shop"), "web");
  }

  @Test
  void whatIsOldIsReadAgainBehindTheAnswer() throws IOException {
    ClusterDirectory directory = directory();
    eventually(() -> directory.services("east", "shop"), "web");

    CountDownLatch go = new CountDownLatch(1);
    api.with("services", service("shop", "cart"));
    api.when(
        p -> p.startsWith(SERVICES),
        e -> {
          await(go);
          FakeApi.text("{\"items\":[{\"metadata\":{\"namespace\":\"shop\",\"name\":\"cart\"}}]}")
              .answer(e);
        });
    now.set(NOW.plusSeconds(59));
    assertThat(directory.services("east", "shop")).containsExactly("web");
    assertThat(asked(SERVICES)).isEqualTo(1);

    now.set(NOW.plusSeconds(61));
    assertThat(directory.services("east", "shop")).containsExactly("web");
    await(() -> asked(SERVICES) == 2);
    assertThat(directory.services("east", "shop")).containsExactly("web");
    go.countDown();
    await(() -> directory.services("east", "shop").equals(List.of("cart")));
    assertThat(asked(SERVICES)).as("one reading at a time").isEqualTo(2);
  }

  /** A machine that is busy may need longer than the first answer waits. */
  private static void eventually(Supplier<List<String>> names, String... expected) {
    await(() -> names.get().equals(List.of(expected)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(condition);
  }

  @Test
  void manyWhoWantTheSameShareOneReading() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    api.when(
        p -> p.startsWith(NAMESPACES),
        e -> {
          await(go);
          FakeApi.text("{\"items\":[{\"metadata\":{\"name\":\"shop\"}}]}").answer(e);
        });
    ClusterDirectory directory = directory();
    List<Thread> people =
        IntStream.range(0, 20)
            .mapToObj(i -> Thread.startVirtualThread(() -> directory.namespaces("east")))
            .toList();
    await(() -> asked(NAMESPACES) == 1);
    go.countDown();
    for (Thread one : people) {
      one.join();
    }
    await(() -> directory.namespaces("east").equals(List.of("shop")));
    assertThat(asked(NAMESPACES)).isEqualTo(1);
  }

  @Test
  void whatWasKnownOutlivesAnOutageButNotARefusal() {
    ClusterDirectory directory = directory();
    eventually(() -> directory.namespaces("east"), "billing", "shop");

    api.when(p -> p.startsWith(NAMESPACES), FakeApi.status(503));
    await(() -> asked(NAMESPACES) > 2 || again(directory));
    assertThat(directory.namespaces("east")).hasSize(2);

    api.when(p -> p.startsWith(NAMESPACES), FakeApi.status(401));
    await(
        () -> {
          now.updateAndGet(at -> at.plusSeconds(61));
          return directory.namespaces("east").isEmpty();
        });
  }

  /** Wants names after the rest that a reading is followed by. */
  private boolean again(ClusterDirectory directory) {
    now.updateAndGet(at -> at.plusSeconds(61));
    directory.namespaces("east");
    return false;
  }

  @Test
  void aListWithoutEndIsCut() {
    api.when(
        p -> p.startsWith(NAMESPACES),
        FakeApi.text(
            "{\"metadata\":{\"continue\":\"more\"},\"items\":[{\"metadata\":{\"name\":\"shop\"}}]}"));
    ClusterDirectory directory = directory();
    directory.namespaces("east");

    await(() -> asked(NAMESPACES) == 10);
    now.set(NOW.plusSeconds(61));
    await(() -> directory.namespaces("east").equals(List.of("shop")) && asked(NAMESPACES) == 20);
  }

  @Test
  void aHealthyClusterLacksNothing() throws IOException {
    api.with(
        "pods",
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: istiod-1, namespace: istio-system, labels: {app: istiod}}
        spec: {containers: [{name: discovery, image: "istio/pilot:1.24.2"}]}
        status: {phase: Running}
        """);

    assertThat(only(directory()))
        .isEqualTo(
            new ClusterStatus(
                "east",
                false,
                true,
                Optional.of("v1.34.1"),
                List.of("1.24.2"),
                List.of(),
                Optional.empty(),
                Optional.of(NOW)));
  }

  @Test
  void missingRightsAreNamedWithWhatTheyAreFor() {
    reviews(r -> !r.endsWith(" /pods/portforward") && !r.matches("(list|watch) (/pods|apps/.*)"));

    assertThat(only(directory()).missingRights())
        .containsExactly(
            "list and watch pods, deployments, statefulsets, daemonsets, replicasets (apps) in the"
                + " whole cluster: what stands behind a route",
            "get and create pods/portforward in the whole cluster: Envoy's and istiod's admin"
                + " pages");
  }

  @Test
  void aKindThatIsNotInstalledNeedsNoRight() {
    api.when(
        p -> p.equals("/apis"), FakeApi.text("{\"groups\":[{\"name\":\"networking.istio.io\"}]}"));
    reviews(r -> !r.contains("route.openshift.io") && !r.contains("/sidecars"));

    assertThat(only(directory()).missingRights())
        .containsExactly(
            "get, list and watch sidecars (networking.istio.io) in the whole cluster: the route");
  }

  @Test
  void aStatusIsNotReadAgainAtOnceButSoon() {
    ClusterDirectory directory = directory();
    directory.status();
    directory.status();
    assertThat(asked("/version")).isEqualTo(1);

    now.set(NOW.plusSeconds(31));
    assertThat(directory.status().getFirst().seenAt()).contains(NOW.plusSeconds(31));
    assertThat(asked("/version")).isEqualTo(2);
  }

  @Test
  void anExpiredTokenSaysSinceWhenAndNothingMoreIsAsked() {
    api.when(p -> true, FakeApi.status(401));
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String token =
        "e30."
            + base64.encodeToString("{\"exp\":1790000000}".getBytes(StandardCharsets.UTF_8))
            + ".c2ln";
    Config config = new ConfigBuilder(config(api.url())).withOauthToken(token).build();
    ClusterStatus status = only(directory(config, PATIENT));

    assertThat(status.reachable()).isTrue();
    assertThat(status.kubernetes()).isEmpty();
    assertThat(status.trouble())
        .contains(
            "The credential expired at 2026-09-21T14:13:20Z. Give Upstream a new credential for"
                + " cluster east.");
    assertThat(status.toString()).doesNotContain(token);
    assertThat(api.asked()).containsExactly("/version");
  }

  @Test
  void aClusterThatOnlyHangsIsAskedOnceAndNotReachable() {
    api.when(p -> true, api.hang());
    ClusterStatus status =
        only(
            directory(
                config(api.url()),
                new Limits(Duration.ofMillis(700), Duration.ofSeconds(60), 8, 100)));

    assertThat(status.reachable()).isFalse();
    assertThat(status.trouble().orElseThrow()).startsWith("No answer in 700 ms.");
    assertThat(status.missingRights()).isEmpty();
    assertThat(api.asked()).containsExactly("/version");
  }

  @Test
  void aClusterThatRefusesConnectionsIsNotReachable() {
    String url = api.url();
    api.close();
    ClusterStatus status = only(directory(config(url), PATIENT));

    assertThat(status.reachable()).isFalse();
    assertThat(status.trouble().orElseThrow())
        .startsWith("The API server of cluster east could not be reached.");
  }

  @Test
  void whatIsNoApiServerIsSaid() {
    api.when(p -> p.equals("/version"), FakeApi.text("<html>Please log in</html>"));
    ClusterStatus status = only(directory());

    assertThat(status.kubernetes()).isEmpty();
    assertThat(status.trouble().orElseThrow())
        .startsWith("What came for /version names no version.");
  }

  @Test
  void rightsThatCannotBeAskedAboutAreNotCalledMissing() {
    api.when(p -> p.equals(REVIEWS), FakeApi.status(500));
    ClusterStatus status = only(directory());

    assertThat(status.kubernetes()).contains("v1.34.1");
    assertThat(status.missingRights()).isEmpty();
    assertThat(status.trouble())
        .contains("Not every right could be asked about: the API server did not say.");
  }

  @Test
  void brokenSettingsAreSaid() {
    Config broken =
        new ConfigBuilder(config("http://[nonsense"))
            .withCaCertData("bm8gY2VydGlmaWNhdGU=")
            .build();
    ClusterDirectory directory = directory(broken, PATIENT);

    assertThat(only(directory).trouble())
        .contains(
            "No connection can be made with the settings of cluster east. Check address,"
                + " certificates and key in its kubeconfig.");
    assertThat(directory.namespaces("east")).isEmpty();
  }
}

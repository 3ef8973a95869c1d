package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fault that nobody set up before, with names, namespace and ports by chance: the bundle that the
 * live check saved gives the same answer without a cluster.
 */
@Tag("lab")
@ExtendWith(LabExtension.class)
class CaptureLiveTest {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  @Test
  void theSavedBundleSaysWhatTheLiveCheckSaid(LabCluster east, @TempDir Path folder)
      throws IOException {
    long seed = Long.getLong("lab.seed", System.nanoTime());
    System.out.println("CaptureLiveTest seed: " + seed + " (-Dlab.seed=" + seed + " repeats it)");
    Random random = new Random(seed);
    String namespace = word(random);
    String service = word(random);
    String host = word(random) + "." + word(random) + ".example";
    int port = 1_024 + random.nextInt(8_000);
    int target = 9_100 + random.nextInt(20_000);
    int dead = 50 + random.nextInt(45);
    String cause = random.nextBoolean() ? "scaled-to-zero" : "dr-subset-selects-no-pods";
    String first = word(random);
    String second = word(random);
    east.waitReady("istio-system");
    try {
      east.apply(routes(namespace, service, host, port, target, first, second, dead));
      east.apply(workload(namespace, service, second, target, 1));
      if (cause.equals("scaled-to-zero")) {
        east.apply(workload(namespace, service, first, target, 0));
      }
      east.waitReady(namespace);
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .ignoreExceptions()
          .until(() -> east.requests(40, host, "/").keySet().equals(java.util.Set.of(200, 503)));
      Path bundle = folder.resolve("seen.tgz");
      CliRun live =
          CliRun.of(
              "check",
              host,
              "-o",
              "json",
              "--kubeconfig",
              east.kubeconfig().toString(),
              "--save",
              bundle.toString());
      CliRun offline = CliRun.of("check", host, "-o", "json", "--from", bundle.toString());
      assertThat(live.status()).as(live.err()).isEqualTo(1);
      assertThat(offline.status()).as(offline.err()).isEqualTo(1);
      assertThat(offline.document().get("findings").get(0).get("id").asText()).isEqualTo(cause);
      assertThat(offline.document().get("share").asDouble()).isEqualTo(dead / 100d);
      assertThat(withoutTimes(offline)).isEqualTo(withoutTimes(live));
      everything(east, folder, namespace, service + "." + namespace, host, cause);
    } finally {
      east.deleteNamespace(namespace);
    }
  }

  /** Without a target every route of the namespace is in the answer and in the bundle. */
  private static void everything(
      LabCluster east, Path folder, String namespace, String service, String host, String cause)
      throws IOException {
    String kubeconfig = east.kubeconfig().toString();
    Path saved = folder.resolve("all.tgz");
    String[] all = {"check", "--all", "-n", namespace, "-o", "json"};
    CliRun live = run(all, "--kubeconfig", kubeconfig, "--save", saved.toString());
    assertThat(live.status()).as(live.err()).isEqualTo(1);
    JsonNode checks = live.document().get("checks");
    assertThat(checks.findValuesAsText("target")).containsExactly(host, service);
    assertThat(checks.findValuesAsText("verdict")).containsExactly("degraded", "healthy");
    assertThat(live.document().get("leftOut").asInt()).isZero();
    CliRun offline = run(all, "--from", saved.toString());
    assertThat(withoutTimes(offline)).isEqualTo(withoutTimes(live));

    Path captured = folder.resolve("captured.tgz");
    CliRun capture =
        CliRun.of("capture", "-n", namespace, "-o", captured, "--kubeconfig", kubeconfig);
    assertThat(capture.status()).as(capture.err()).isZero();
    CliRun asked = CliRun.of("check", host, "-o", "json", "--from", captured.toString());
    assertThat(asked.document().get("findings").get(0).get("id").asText()).isEqualTo(cause);
    assertThat(CliRun.of("check", service, "--from", captured.toString()).status()).isZero();
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  private static String routes(
      String namespace,
      String service,
      String host,
      int port,
      int target,
      String first,
      String second,
      int dead) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: %1$s}
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: %2$s-gw, namespace: %1$s}
    spec:
      selector: {istio: ingressgateway}
      servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [%3$s]}]
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: %2$s-vs, namespace: %1$s}
    spec:
      hosts: [%3$s]
      gateways: [%2$s-gw]
      http:
        - route:
            - {destination: {host: %2$s, subset: %6$s, port: {number: %4$d}}, weight: %8$d}
            - {destination: {host: %2$s, subset: %7$s, port: {number: %4$d}}, weight: %9$d}
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: %2$s-dr, namespace: %1$s}
    spec:
      host: %2$s
      subsets: [{name: %6$s, labels: {rev: %6$s}}, {name: %7$s, labels: {rev: %7$s}}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      selector: {svc: %2$s}
      ports: [{name: http, port: %4$d, targetPort: %5$d}]
    """
        .formatted(namespace, service, host, port, target, first, second, dead, 100 - dead);
  }

  private static String workload(
      String namespace, String service, String version, int target, int replicas) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %2$s-%3$s, namespace: %1$s}
    spec:
      replicas: %5$d
      selector: {matchLabels: {svc: %2$s, rev: %3$s}}
      template:
        metadata:
          labels: {svc: %2$s, rev: %3$s}
        spec:
          containers:
            - name: main
              image: any/thing:1
              env: [{name: PASSWORD, value: never-in-a-bundle}]
              ports: [{containerPort: %4$d}]
              readinessProbe: {httpGet: {path: /, port: %4$d}, periodSeconds: 1}
    """
        .formatted(namespace, service, version, target, replicas);
  }

  private static CliRun run(String[] args, String... more) {
    return CliRun.of(Stream.of(args, more).flatMap(Arrays::stream).toArray());
  }

  private static JsonNode withoutTimes(CliRun run) throws IOException {
    ObjectNode document = (ObjectNode) run.document();
    document.path("checks").forEach(c -> ((ObjectNode) c).remove("at"));
    return document.without(List.of("at", "timing"));
  }
}

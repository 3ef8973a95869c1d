package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.Witness;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pods that are not ready, each for its own reason, and what the client gets for it. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class WorkloadLiveTest {
  private static final String NS = "workload-live";
  private static final String HOST = "workload.example.com";
  private static final String PORT = "ports: [{containerPort: 8080}]";
  private static final String UH = "503 UH no_healthy_upstream";

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace(NS);
  }

  @Test
  void crashLoop(LabCluster east, Witness witness) {
    begin(east, 2, "lab.upstream.dev/state: crash-loop, lab.upstream.dev/exit-code: '3'", PORT);
    JsonNode answer = broken(east, "crash-loop");
    assertThat(Bot.finding(answer, "crash-loop").toString()).contains("exit code 3", "BackOff");
    witness.played("crash-loop", "CrashLoopBackOff with 503 UH at the gateway");
    repaired(east, PORT);
  }

  @Test
  void oomKilled(LabCluster east, Witness witness) {
    String limited = PORT + ", resources: {limits: {memory: 64Mi}}";
    begin(east, 1, "lab.upstream.dev/state: oom-killed", limited);
    JsonNode answer = broken(east, "oom-killed");
    assertThat(Bot.finding(answer, "oom-killed").get("summary").asText()).contains("64Mi");
    assertThat(Bot.finding(answer, "oom-killed").get("fieldPath").asText())
        .isEqualTo("spec.template.spec.containers[0].resources.limits.memory");
    witness.played("oom-killed", "OOMKilled with 503 UH at the gateway");
    repaired(east, PORT);
  }

  /** One of three pods crashes, the others serve: nothing fails (RULES.md R9). */
  @Test
  void oneOfThreeCrashes(LabCluster east, Witness witness) {
    begin(east, 2, "", PORT);
    east.apply(Fixture.deployment(NS, "v2", 1, "lab.upstream.dev/state: crash-loop", PORT));
    Fixture.expect(east, HOST, 200, "200 -");
    JsonNode answer = asked(east, "at-risk");
    assertThat(east.requests(40, HOST, "/")).isEqualTo(Map.of(200, 40));
    assertThat(answer.get("share").asDouble()).isZero();
    assertThat(Bot.roles(answer))
        .containsOnly(Map.entry("crash-loop Deployment/" + NS + "/web-v2", "risk"));
    assertThat(answer.get("summary").asText()).contains("1 of the 3 pods of web is not ready");
    witness.played("crash-loop", "one of three pods, the others serve: a risk");
  }

  @Test
  void applicationIsNotReady(LabCluster east, Witness witness) {
    String paths = "lab.upstream.dev/paths: '{\"/\":200,\"/ready\":503}'";
    begin(east, 2, paths, PORT + ", " + probe("/ready", "8080"));
    JsonNode answer = broken(east, "readiness-probe-failing");
    assertThat(Bot.finding(answer, "readiness-probe-failing").get("summary").asText())
        .contains("with 503");
    assertThat(Bot.finding(answer, "readiness-probe-failing").toString())
        .contains("HTTP probe failed with statuscode: 503");
    witness.wire("readiness-probe-failing", "statuscode 503 of a real probe, 503 UH");
    witness.wire("all-pods-not-ready", "503 UH, no pod of the Service ready");
    witness.wire("no-ready-endpoints", "503 UH, all endpoints ready: false");
    repaired(east, PORT);
  }

  @Test
  void applicationAnswersTheProbeTooLate(LabCluster east, Witness witness) {
    begin(east, 1, "lab.upstream.dev/delay: 3s", PORT + ", " + probe("/ready", "8080"));
    JsonNode answer = broken(east, "readiness-probe-failing");
    assertThat(Bot.finding(answer, "readiness-probe-failing").get("summary").asText())
        .contains("in time");
    witness.wire("readiness-probe-failing", "probe timeout, 503 UH");
  }

  @Test
  void probeAsksForAPathThatIsNotThere(LabCluster east, Witness witness) {
    String paths = "lab.upstream.dev/paths: '{\"/\":200,\"/healthz\":200}'";
    begin(east, 1, paths, PORT + ", " + probe("/ready", "8080"));
    JsonNode answer = broken(east, "probe-wrong-path");
    assertThat(Bot.finding(answer, "probe-wrong-path").get("fieldPath").asText())
        .isEqualTo("spec.template.spec.containers[0].readinessProbe.httpGet.path");
    witness.wire("probe-wrong-path", "statuscode 404 of a real probe, 503 UH");
    begin(east, 1, paths, PORT + ", " + probe("/healthz", "8080"));
    healthy(east);
  }

  @Test
  void probeKnocksAtAClosedPort(LabCluster east, Witness witness) {
    begin(east, 1, "", PORT + ", " + probe("/ready", "8081"));
    JsonNode answer = broken(east, "probe-wrong-port");
    JsonNode finding = Bot.finding(answer, "probe-wrong-port");
    assertThat(finding.get("confidence").asText()).isEqualTo("high");
    assertThat(finding.get("summary").asText()).contains("8081").contains("8080");
    assertThat(finding.toString()).contains("connect: connection refused");
    assertThat(finding.get("fieldPath").asText())
        .isEqualTo("spec.template.spec.containers[0].readinessProbe.httpGet.port");
    witness.wire("probe-wrong-port", "connection refused to a real probe, 503 UH");
    begin(east, 1, "", PORT + ", " + probe("/ready", "8080"));
    healthy(east);
  }

  /** Without a probe the pod is ready at once, and refuses for the time of its start. */
  @Test
  void readyBeforeItListens(LabCluster east, Witness witness) {
    begin(east, 1, "lab.upstream.dev/accept-after: 25s", PORT);
    Fixture.expect(east, HOST, 503, "503 U");
    Fixture.await()
        .untilAsserted(
            () -> {
              assertThat(east.requests(5, HOST, "/")).containsKey(503);
              JsonNode answer = Bot.check(HOST, east);
              assertThat(answer.get("verdict").asText()).isEqualTo("broken");
              assertThat(Bot.roles(answer))
                  .containsEntry("no-readiness-probe Deployment/" + NS + "/web-v1", "contributing")
                  .doesNotContainKey("target-port-number-mismatch Service/" + NS + "/web");
            });
    witness.wire("no-readiness-probe", Fixture.tail(east, east.gatewayPod()));
    Fixture.expect(east, HOST, 200, "200 -");
    begin(east, 1, "lab.upstream.dev/accept-after: 2s", PORT + ", " + probe("/ready", "8080"));
    healthy(east);
  }

  private static String probe(String path, String port) {
    return "readinessProbe: {httpGet: {path: %s, port: %s}, periodSeconds: 1, failureThreshold: 1}"
        .formatted(path, port);
  }

  private static void begin(LabCluster east, int replicas, String annotations, String container) {
    east.apply(Fixture.shop(NS, HOST, "{destination: {host: web}}"));
    east.apply(Fixture.deployment(NS, "v1", replicas, annotations, container));
  }

  private static JsonNode asked(LabCluster east, String verdict) {
    JsonNode[] last = new JsonNode[1];
    Fixture.await()
        .untilAsserted(
            () -> {
              last[0] = Bot.check(HOST, east);
              assertThat(last[0].get("verdict").asText()).isEqualTo(verdict);
            });
    return last[0];
  }

  /** Every request fails with UH, and the whole chain is told, from that cause to the proxy. */
  private static JsonNode broken(LabCluster east, String cause) {
    Fixture.expect(east, HOST, 503, UH);
    JsonNode[] last = new JsonNode[1];
    Fixture.await()
        .untilAsserted(
            () -> {
              assertThat(east.requests(5, HOST, "/")).isEqualTo(Map.of(503, 5));
              last[0] = Bot.check(HOST, east);
              assertThat(Bot.roles(last[0]))
                  .containsOnly(
                      Map.entry(cause + " Deployment/" + NS + "/web-v1", "root-cause"),
                      Map.entry("all-pods-not-ready Service/" + NS + "/web", "contributing"),
                      Map.entry("no-ready-endpoints Service/" + NS + "/web", "symptom"),
                      Map.entry("envoy-no-healthy-upstream Service/" + NS + "/web", "symptom"));
            });
    JsonNode answer = last[0];
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(answer.get("share").asDouble()).isEqualTo(1);
    assertThat(Bot.explains(answer, cause)).containsOnly("all-pods-not-ready");
    assertThat(Bot.explains(answer, "all-pods-not-ready")).containsOnly("no-ready-endpoints");
    assertThat(Bot.explains(answer, "no-ready-endpoints"))
        .containsOnly("envoy-no-healthy-upstream");
    return answer;
  }

  private static void repaired(LabCluster east, String container) {
    begin(east, 1, "", container);
    healthy(east);
  }

  private static void healthy(LabCluster east) {
    Fixture.expect(east, HOST, 200, "200 -");
    asked(east, "healthy");
  }
}

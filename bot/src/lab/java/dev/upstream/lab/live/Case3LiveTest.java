package dev.upstream.lab.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upstream.lab.LabCluster;
import dev.upstream.lab.LabExtension;
import dev.upstream.lab.Witness;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Case 3: an Ingress answers 502, 503 or 504. Its runbook has six steps, and each of them has
 * causes; step 5, the Ingress itself, is in {@link IngressLiveTest}.
 */
@Tag("lab")
@ExtendWith(LabExtension.class)
class Case3LiveTest {
  private static final String NS = "case3-live";
  private static final String HOST = "case3.example.com";
  private static final String UNSENT = "\" 503 .* \\[" + NS + "-web-80\\] \\[\\] - - - - ";
  private IngressFixture shop;

  @BeforeEach
  void begin(LabCluster east) {
    shop = new IngressFixture(east, NS, HOST);
    shop.service("8080");
    shop.ingress();
  }

  @AfterEach
  void clean(LabCluster east) {
    east.deleteNamespace(NS);
  }

  private static Map.Entry<String, String> is(String id, String kind, String name, String role) {
    return Map.entry(id + " " + kind + "/" + NS + "/" + name, role);
  }

  /** Steps 1 and 3: every pod is Ready, and the Service leads to a port on which nobody listens. */
  @Test
  void thePodsRefuse(LabCluster east, Witness witness) {
    shop.workload(2, "");
    shop.healthy();
    shop.service("9090");
    shop.expect(502, "connect\\(\\) failed \\(111: Connection refused\\) while connecting");
    shop.expect(502, "\" 502 .* \\[" + NS + "-web-80\\] \\[\\] (10\\.\\S+:9090, ){2}10\\S+:9090 ");
    JsonNode answer =
        shop.asked(
            HOST,
            10,
            a ->
                assertThat(Bot.roles(a))
                    .containsOnly(
                        is("target-port-number-mismatch", "Service", "web", "root-cause"),
                        is("http-502-from-edge", "Ingress", "web", "symptom")));
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(answer.get("share").asDouble()).isEqualTo(1);
    assertThat(answer.get("summary").asText()).contains("502", "9090");
    IngressFixture.chain(answer, "target-port-number-mismatch", "http-502-from-edge");
    assertThat(Bot.finding(answer, "http-502-from-edge").get("summary").asText())
        .contains("refused the connection");
    witness.wire("http-502-from-edge", "502, connect() failed (111: Connection refused), 3 tries");
    witness.wire("target-port-number-mismatch", "502 through nginx, refused at 9090");

    shop.service("8080");
    shop.healthy();
  }

  /** Step 1: the pods are there, and not ready; the controller has nobody to send to. */
  @Test
  void noPodIsReady(Witness witness) {
    shop.workload(2, "lab.upstream.dev/paths: '{\"/\":200,\"/healthz\":503}'");
    shop.expect(503, UNSENT);
    shop.expect(503, "Service \"" + NS + "/web\" does not have any active Endpoint\\.");
    JsonNode answer =
        shop.asked(
            HOST,
            5,
            a ->
                assertThat(Bot.roles(a))
                    .containsOnly(
                        is("readiness-probe-failing", "Deployment", "web-v1", "root-cause"),
                        is("all-pods-not-ready", "Service", "web", "contributing"),
                        is("no-ready-endpoints", "Service", "web", "symptom"),
                        is("http-503-from-edge", "Ingress", "web", "symptom")));
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    IngressFixture.chain(
        answer,
        "readiness-probe-failing",
        "all-pods-not-ready",
        "no-ready-endpoints",
        "http-503-from-edge");
    witness.wire("http-503-from-edge", "503, upstream -, no ready endpoint");

    shop.workload(2, "");
    shop.healthy();
  }

  /** Step 1: the Service's selector fits no pod. */
  @Test
  void theSelectorFitsNobody(LabCluster east, Witness witness) {
    shop.workload(1, "");
    shop.healthy();
    east.client()
        .services()
        .inNamespace(NS)
        .withName("web")
        .edit(
            s -> {
              s.getSpec().setSelector(Map.of("app", "wbe"));
              return s;
            });
    shop.expect(503, UNSENT);
    JsonNode answer =
        shop.asked(
            HOST,
            5,
            a ->
                assertThat(Bot.roles(a))
                    .containsOnly(
                        is("service-selector-matches-no-pod", "Service", "web", "root-cause"),
                        is("no-ready-endpoints", "Service", "web", "symptom"),
                        is("http-503-from-edge", "Ingress", "web", "symptom")));
    assertThat(answer.get("share").asDouble()).isEqualTo(1);
    witness.wire("service-selector-matches-no-pod", "503 through nginx, upstream -");

    shop.service("8080");
    shop.healthy();
  }

  /** Step 2: no readiness probe, and a start that takes longer than it takes to be Ready. */
  @Test
  void readyBeforeItListens(LabCluster east, Witness witness) {
    east.apply(
        Fixture.deployment(
            NS, "v1", 1, "lab.upstream.dev/accept-after: 25s", "ports: [{containerPort: 8080}]"));
    shop.expect(502, "connect\\(\\) failed \\(111: Connection refused\\)");
    shop.asked(
        HOST,
        3,
        a -> {
          assertThat(a.get("verdict").asText()).isEqualTo("broken");
          assertThat(Bot.roles(a))
              .contains(
                  is("no-readiness-probe", "Deployment", "web-v1", "contributing"),
                  is("http-502-from-edge", "Ingress", "web", "symptom"));
          assertThat(Bot.explains(a, "no-readiness-probe")).containsOnly("http-502-from-edge");
        });
    witness.wire("no-readiness-probe", "502 through nginx in the first seconds of a pod");
    shop.healthy();
  }

  /** Step 4: the pods swallow the controller's packets. */
  @Test
  void nobodyAnswersTheConnection(LabCluster east, Witness witness) {
    String namespace = dev.upstream.lab.IngressEdge.NAMESPACE;
    east.apply(settings(namespace, "proxy-connect-timeout: '1'"));
    east.apply(
        Fixture.deployment(
            NS, "v1", 1, "lab.upstream.dev/blackhole: 'true'", "ports: [{containerPort: 8080}]"));
    shop.expect(504, "upstream timed out \\(110: Connection timed out\\) while connecting");
    shop.expect(504, "\" 504 .* \\[" + NS + "-web-80\\] \\[\\] \\S+:8080, \\S+:8080, \\S+:8080 ");
    // one try a request, and an edit: what the pod's first moment left in the log is history
    east.apply(settings(namespace, "proxy-connect-timeout: '1', proxy-next-upstream-tries: '1'"));
    shop.ingress("nginx", "ImplementationSpecific", "/", "web", "{number: 80}");
    Fixture.await()
        .untilAsserted(
            () -> {
              JsonNode few = Bot.check(HOST, east);
              assertThat(few.get("verdict").asText()).isEqualTo("healthy");
            });
    JsonNode answer =
        shop.asked(
            HOST,
            22,
            a ->
                assertThat(Bot.roles(a))
                    .containsOnly(
                        is("upstream-connect-timeout", "Deployment", "web-v1", "contributing")));
    assertThat(answer.get("verdict").asText()).isEqualTo("broken");
    assertThat(answer.get("share").asDouble()).isEqualTo(1);
    assertThat(answer.get("summary").asText()).contains("time out");
    witness.wire("upstream-connect-timeout", "504, upstream timed out (110), 3 tries of 1 s");

    east.apply(settings(namespace, ""));
    shop.workload(1, "");
    shop.healthy();
  }

  private static String settings(String namespace, String data) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: ingress-nginx-controller, namespace: %s}
    data: {%s}
    """
        .formatted(namespace, data);
  }

  /** Step 6: the containers are killed or crash. */
  @Test
  void thePodsCrash(LabCluster east, Witness witness) {
    for (String state : new String[] {"crash-loop", "oom-killed"}) {
      east.apply(
          Fixture.deployment(
              NS,
              "v1",
              1,
              "lab.upstream.dev/state: " + state,
              "ports: [{containerPort: 8080}], resources: {limits: {memory: 64Mi}}"));
      shop.expect(503, UNSENT);
      JsonNode answer =
          shop.asked(
              HOST,
              5,
              a ->
                  assertThat(Bot.roles(a))
                      .contains(
                          is(state, "Deployment", "web-v1", "root-cause"),
                          is("http-503-from-edge", "Ingress", "web", "symptom")));
      assertThat(answer.get("verdict").asText()).isEqualTo("broken");
      witness.played(state, "503 through nginx, upstream -");
    }
    shop.workload(1, "");
    shop.healthy();
  }

  /** Not the edge at all: the application answers with the error. */
  @Test
  void theApplicationFails(LabCluster east, Witness witness) {
    shop.workload(1, "");
    east.apply(Fixture.web(NS, "v2", 1, "lab.upstream.dev/paths: '{\"/\":500,\"/healthz\":200}'"));
    shop.expect(500, "\" 500 .* \\[" + NS + "-web-80\\] \\[\\] \\S+:8080 \\d+ \\S+ 500 ");
    shop.expect(200, "\" 200 .* \\[" + NS + "-web-80\\] \\[\\] \\S+:8080 \\d+ \\S+ 200 ");
    JsonNode answer =
        shop.asked(
            HOST,
            30,
            a ->
                assertThat(Bot.roles(a))
                    .containsOnly(is("app-returned-5xx", "Deployment", "web-v2", "root-cause")));
    assertThat(answer.get("verdict").asText()).isEqualTo("degraded");
    assertThat(answer.get("share").asDouble()).isBetween(0.4, 0.6);
    witness.wire("app-returned-5xx", "500, upstream status 500, no error line");

    // nginx writes 502 for a refusal too; here it is the application's own
    east.apply(Fixture.web(NS, "v2", 1, "lab.upstream.dev/paths: '{\"/\":502,\"/healthz\":200}'"));
    shop.expect(502, "\" 502 .* \\[" + NS + "-web-80\\] \\[\\] \\S+:8080 \\d+ \\S+ 502 ");
    shop.asked(
        HOST,
        10,
        a ->
            assertThat(Bot.roles(a))
                .containsOnly(is("app-returned-5xx", "Deployment", "web-v2", "root-cause")));
    east.apply(Fixture.web(NS, "v2", 0, ""));
    shop.healthy();
  }
}

package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.Archives;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.bundle.BundleReader;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Verdict;
import dev.upstream.policy.Place;
import dev.upstream.snapshot.Gap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That there is nothing of a name is said only where all was read that could have it (R7). */
class NotNamedTest {
  private static final String ALL =
      "capturedAt: 2026-11-21T10:16:00Z\ncollected: [{kinds: [\"*\"], namespaces: \"*\"}]\n";

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: %s, namespace: shop, uid: s-%s, creationTimestamp: "2026-11-01T08:00:00Z"}
      spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
      status: {loadBalancer: {}}
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: %s, namespace: shop, uid: p-%s, creationTimestamp: "2026-11-01T08:00:00Z", labels: {app: %s}}
      spec: {nodeName: n1, containers: [{name: web}]}
      status:
        phase: Running
        podIP: %s
        conditions: [{type: Ready, status: "%s", lastTransitionTime: "2026-11-21T09:00:00Z"}]
      """;

  private static final String SLICE =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: %s-x, namespace: shop, uid: e-%s, labels: {kubernetes.io/service-name: %s}}
      addressType: IPv4
      ports: [{name: "", port: 8080, protocol: TCP}]
      endpoints: [{addresses: [10.0.0.2], conditions: {ready: true}, targetRef: {kind: Pod, name: web-2}}]
      """;

  private static final String INGRESS =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web, namespace: shop, uid: i, creationTimestamp: "2026-11-01T08:00:00Z"}
      spec: {rules: [{host: a.example.com}]}
      """;

  @TempDir Path folder;

  private Reply reply(String target, String notes, String... objects) throws IOException {
    Path bundle =
        Archives.directory(
            Files.createDirectories(folder.resolve("in")),
            Map.of("bundle.yaml", notes, "resources/a.yaml", String.join("---\n", objects)));
    return new Answering(new BundleCollector(new BundleReader().read(bundle).snapshot()))
        .answer(Question.about(target));
  }

  private Diagnosis unknown(String target, String notes, String... objects) throws IOException {
    Reply reply = reply(target, notes, objects);
    assertThat(reply).isInstanceOf(Reply.Answered.class);
    Diagnosis d = ((Reply.Answered) reply).worst();
    assertThat(d.verdict()).isEqualTo(Verdict.UNKNOWN);
    return d;
  }

  private static String forbidden(String scope) {
    return ALL
        + "gaps: [{source: objects, scope: "
        + scope
        + ", cause: FORBIDDEN, detail: not allowed., remedy: allow it}]\n";
  }

  private static String service(String name) {
    return SERVICE.formatted(name, name);
  }

  private static String pod(String name, String app, String ip, boolean ready) {
    return POD.formatted(name, name, app, ip, ready ? "True" : "False");
  }

  @Test
  void a_pod_may_be_among_those_that_may_not_be_listed() throws IOException {
    Diagnosis d = unknown("pod/shop/web-1", forbidden("pods in shop"), service("web"));
    assertThat(d.notChecked()).extracting(Gap::scope).containsExactly("pods in shop");
  }

  @Test
  void a_service_that_may_not_be_listed_may_select_the_pod() throws IOException {
    Diagnosis d =
        unknown(
            "pod/shop/web-1", forbidden("services in shop"), pod("web-1", "web", "10.0.0.1", true));
    assertThat(d.notChecked()).extracting(Gap::scope).containsExactly("services in shop");
  }

  @Test
  void a_gateway_a_service_entry_or_an_http_route_may_name_the_host() throws IOException {
    String some =
        "collected: [{kinds: [services, ingresses, virtualservices], namespaces: \"*\"}]\n";
    assertThat(unknown("api.example.com", some, service("web")).notChecked())
        .extracting(Gap::scope)
        .containsExactly("gateways", "httproutes", "serviceentries");
  }

  @Test
  void what_cannot_name_a_service_need_not_be_read_to_miss_it() throws IOException {
    assertThat(reply("shop/wep", forbidden("pods in shop"), service("web")))
        .isEqualTo(
            new Reply.Refused(
                "Nothing here is named \"wep.shop\" (looked in default).",
                "Near:",
                List.of(
                    new Reply.Named(
                        "default", Optional.of(new Place("default", "shop")), "web.shop")),
                Reply.Refused.Why.NAME));
  }

  @Test
  void an_ingress_that_leads_nowhere_exists() throws IOException {
    Diagnosis d = unknown("ingress/shop/web", ALL, service("web"), INGRESS);
    assertThat(d.summary()).contains("no rule of it has a path");
  }

  @Test
  void a_pod_that_no_service_selects_exists() throws IOException {
    Diagnosis d =
        unknown("pod/shop/job-1", ALL, service("web"), pod("job-1", "job", "10.0.0.1", false));
    assertThat(d.summary())
        .contains("no Service selects it")
        .endsWith("Pod shop/job-1 is not ready since 2026-11-21T09:00:00Z and gets no requests.");
  }

  @Test
  void the_pod_that_was_asked_for_is_spoken_of() throws IOException {
    Reply reply =
        reply(
            "pod/shop/web-1",
            ALL,
            service("web"),
            SLICE.formatted("web", "web", "web"),
            pod("web-1", "web", "10.0.0.1", false),
            pod("web-2", "web", "10.0.0.2", true));
    assertThat(((Reply.Answered) reply).worst().summary())
        .startsWith("Requests to web.shop")
        .endsWith("Pod shop/web-1 is not ready since 2026-11-21T09:00:00Z and gets no requests.");
  }

  @Test
  void the_worst_of_the_services_that_select_a_pod_is_the_answer() throws IOException {
    Reply reply =
        reply(
            "pod/shop/web-2",
            ALL,
            service("aaa"),
            service("web"),
            SLICE.formatted("aaa", "aaa", "aaa"),
            pod("web-2", "web", "10.0.0.2", true));
    assertThat(((Reply.Answered) reply).worst().findings())
        .anyMatch(f -> f.subject().name().equals("web"));
  }
}

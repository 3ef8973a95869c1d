package dev.upstream.lab.live;

import dev.upstream.lab.Answer;
import dev.upstream.lab.LabCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Manifests of a small shop behind the gateway, and waiting for what a client sees. */
public final class Fixture {
  private Fixture() {}

  public static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions();
  }

  /** Namespace, Gateway, VirtualService with that list of destinations, and Service web. */
  public static String shop(String namespace, String host, String route) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: %1$s}
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: web, namespace: %1$s}
    spec:
      selector: {istio: ingressgateway}
      servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [%2$s]}]
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: web, namespace: %1$s}
    spec:
      hosts: [%2$s]
      gateways: [web]
      http: [{route: [%3$s]}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web, namespace: %1$s}
    spec:
      selector: {app: web}
      ports: [{name: http, port: 80, targetPort: 8080}]
    """
        .formatted(namespace, host, route);
  }

  /** A Deployment web-VERSION. */
  public static String web(String namespace, String version, int replicas, String annotations) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web-%2$s, namespace: %1$s}
    spec:
      replicas: %3$d
      selector: {matchLabels: {app: web, version: %2$s}}
      template:
        metadata:
          labels: {app: web, version: %2$s}
          annotations: {%4$s}
        spec:
          containers:
            - name: web
              image: shop/web:1.0
              ports: [{containerPort: 8080}]
              readinessProbe: {httpGet: {path: /healthz, port: 8080}, periodSeconds: 1}
    """
        .formatted(namespace, version, replicas, annotations);
  }

  /** A Deployment web-VERSION whose one container, web, is as the YAML flow map says. */
  public static String deployment(
      String namespace, String version, int replicas, String annotations, String container) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web-%2$s, namespace: %1$s}
    spec:
      replicas: %3$d
      selector: {matchLabels: {app: web, version: %2$s}}
      template:
        metadata:
          labels: {app: web, version: %2$s}
          annotations: {%4$s}
        spec:
          containers: [{name: web, image: "shop/web:1.0", %5$s}]
    """
        .formatted(namespace, version, replicas, annotations, container);
  }

  /** Waits until the client gets that status, and the newest line of the gateway's log says why. */
  public static Answer expect(LabCluster cluster, String host, int status, String inLog) {
    return await()
        .until(
            () -> {
              Answer answer = cluster.request(host, "/", Map.of());
              boolean logged =
                  answer.status() == status
                      && soon(() -> tail(cluster, cluster.gatewayPod()).contains(inLog));
              return logged ? java.util.Optional.of(answer) : java.util.Optional.<Answer>empty();
            },
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  /** Envoy writes its log a moment after it answered. */
  public static boolean soon(java.util.concurrent.Callable<Boolean> condition) {
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(2))
          .pollInterval(Duration.ofMillis(100))
          .until(condition);
      return true;
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      return false;
    }
  }

  /** The newest access line; Envoy's own warnings stand between them. */
  public static String tail(LabCluster cluster, Pod proxy) {
    return cluster
        .client()
        .pods()
        .resource(proxy)
        .inContainer("istio-proxy")
        .tailingLines(20)
        .getLog()
        .lines()
        .filter(line -> line.contains(" HTTP/1.1\" "))
        .reduce("", (before, line) -> line);
  }
}

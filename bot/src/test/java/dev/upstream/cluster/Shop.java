package dev.upstream.cluster;

import java.io.IOException;

/** A Service with two ready pods, as a healthy cluster has it. */
public final class Shop {
  public static final String NOW = "2026-11-21T10:16:00Z";

  private Shop() {}

  public static FakeApi healthy() throws IOException {
    return new FakeApi()
        .with("services", SERVICE)
        .with("pods", pod("web-a", "10.244.0.12"), pod("web-b", "10.244.0.13"))
        .with("endpointslices", SLICE)
        .with("deployments", DEPLOYMENT);
  }

  static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop, uid: s1, creationTimestamp: "2026-11-01T00:00:00Z"}
      spec:
        clusterIP: 10.96.0.10
        selector: {app: web}
        ports: [{name: http, port: 80, targetPort: 8080}]
      """;

  static final String SLICE =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: web-x
        namespace: shop
        labels: {kubernetes.io/service-name: web}
      addressType: IPv4
      ports: [{name: http, port: 8080, protocol: TCP}]
      endpoints:
        - {addresses: [10.244.0.12], conditions: {ready: true, serving: true, terminating: false}, targetRef: {kind: Pod, namespace: shop, name: web-a}}
        - {addresses: [10.244.0.13], conditions: {ready: true, serving: true, terminating: false}, targetRef: {kind: Pod, namespace: shop, name: web-b}}
      """;

  static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop, uid: d1, creationTimestamp: "2026-11-01T00:00:00Z"}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
              - name: web
                image: shop/web:1
                ports: [{containerPort: 8080}]
                readinessProbe: {httpGet: {path: /ready, port: 8080}}
      status: {replicas: 2, readyReplicas: 2, availableReplicas: 2, observedGeneration: 1}
      """;

  static String pod(String name, String address) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: %s
      namespace: shop
      labels: {app: web}
      creationTimestamp: "2026-11-01T00:00:00Z"
    spec:
      nodeName: node-a
      containers:
        - name: web
          image: shop/web:1
          ports: [{containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: 8080}}
    status:
      phase: Running
      podIP: %s
      conditions:
        - {type: Ready, status: "True", lastTransitionTime: "2026-11-01T00:01:00Z"}
      containerStatuses:
        - name: web
          ready: true
          restartCount: 0
          state: {running: {startedAt: "2026-11-01T00:00:30Z"}}
    """
        .formatted(name, address);
  }
}

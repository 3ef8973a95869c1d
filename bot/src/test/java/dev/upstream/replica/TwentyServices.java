package dev.upstream.replica;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A recorded cluster with twenty Services, each behind hosts of its own. Of every four, one works,
 * one has a pod that is not ready, one is scaled to zero, and one selects no pod.
 */
final class TwentyServices {
  static final int COUNT = 20;

  private static final String BUNDLE =
      """
      capturedAt: 2026-11-21T10:16:00Z
      collected:
        - {cluster: default, kinds: [Pod, EndpointSlice, Service, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, Rollout, Event, VirtualService, DestinationRule, ServiceEntry, gateways.networking.istio.io, WorkloadEntry, Sidecar, EnvoyFilter, Ingress, IngressClass, NetworkPolicy, HTTPRoute, gateways.gateway.networking.k8s.io, Namespace, Node, ConfigMap], namespaces: "*"}
      """;

  private static final String GATEWAY =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: edge, namespace: istio-system, uid: gw-1, creationTimestamp: "2026-11-20T08:00:00Z"}
      spec:
        selector: {istio: ingressgateway}
        servers:
          - port: {number: 80, name: http, protocol: HTTP}
            hosts: ["*"]
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: ingress-5d8f
        namespace: istio-system
        uid: ingress-pod
        creationTimestamp: "2026-11-20T08:00:00Z"
        labels: {istio: ingressgateway}
      spec:
        nodeName: node-a
        containers: [{name: istio-proxy, image: istio/proxyv2}]
      status:
        phase: Running
        podIP: 10.244.0.2
        conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-11-20T08:00:10Z"}]
        containerStatuses: [{name: istio-proxy, ready: true, restartCount: 0, state: {running: {startedAt: "2026-11-20T08:00:02Z"}}}]
      """;

  private static final String SERVICE =
      """
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: NAME, namespace: shop, uid: NAME-d, creationTimestamp: "2026-11-20T08:00:00Z"}
      spec:
        replicas: REPLICAS
        selector: {matchLabels: {app: NAME}}
        template:
          metadata: {labels: {app: NAME}}
          spec:
            containers:
              - name: web
                image: registry.example.com/shop/NAME:1
                ports: [{containerPort: 8080}]
                readinessProbe: {httpGet: {path: /ready, port: 8080}}
      status: {observedGeneration: 1}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: NAME, namespace: shop, uid: NAME-s, creationTimestamp: "2026-11-20T08:00:00Z"}
      spec:
        clusterIP: 10.96.0.NUMBER
        selector: {app: SELECTED}
        ports: [{name: http, port: 80, targetPort: 8080}]
      status: {loadBalancer: {}}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: NAME, namespace: shop, uid: NAME-v, creationTimestamp: "2026-11-20T09:00:00Z"}
      spec:
        hosts: [NAME.example.com, "*.NAME.example.com"]
        gateways: [istio-system/edge]
        http: [{route: [{destination: {host: NAME, port: {number: 80}}}]}]
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: NAME-x7k, namespace: shop, uid: NAME-e, labels: {kubernetes.io/service-name: NAME}}
      addressType: IPv4
      ports: [{name: http, port: 8080, protocol: TCP}]
      """;

  private static final String POD =
      """
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: NAME-abcde
        namespace: shop
        uid: NAME-p
        creationTimestamp: "2026-11-21T08:00:00Z"
        labels: {app: NAME}
        ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: NAME, uid: NAME-d, controller: true}]
      spec:
        nodeName: node-a
        containers:
          - name: web
            image: registry.example.com/shop/NAME:1
            ports: [{containerPort: 8080}]
            readinessProbe: {httpGet: {path: /ready, port: 8080}}
      status:
        phase: Running
        podIP: 10.244.0.NUMBER
        conditions:
          - {type: PodScheduled, status: "True", lastTransitionTime: "2026-11-21T08:00:00Z"}
          - {type: Ready, status: "READY", lastTransitionTime: "2026-11-21T08:00:09Z"}
        containerStatuses:
          - {name: web, ready: FLAG, restartCount: 0, state: {running: {startedAt: "2026-11-21T08:00:02Z"}}}
      """;

  private static final String ENDPOINTS =
      """
      endpoints:
        - addresses: [10.244.0.NUMBER]
          conditions: {ready: FLAG, serving: FLAG, terminating: false}
          targetRef: {kind: Pod, namespace: shop, name: NAME-abcde}
      """;

  private TwentyServices() {}

  /** The host of one of them; whatever stands before it with a dot leads there too. */
  static String host(int number) {
    return name(number) + ".example.com";
  }

  private static String name(int number) {
    return "web-" + (10 + number);
  }

  /** Writes the recording and returns where it is. */
  static Path into(Path directory) throws IOException {
    Path bundle = Files.createDirectories(directory.resolve("twenty"));
    Files.writeString(bundle.resolve("bundle.yaml"), BUNDLE);
    StringBuilder objects = new StringBuilder(GATEWAY);
    for (int i = 0; i < COUNT; i++) {
      objects.append(service(i));
    }
    Files.writeString(bundle.resolve("objects.yaml"), objects);
    return bundle;
  }

  private static String service(int number) {
    boolean ready = number % 4 == 0;
    boolean scaledAway = number % 4 == 2;
    boolean missed = number % 4 == 3;
    String endpoints = scaledAway || missed ? "endpoints: []\n" : ENDPOINTS;
    return (SERVICE + endpoints + (scaledAway ? "" : POD))
        .replace("SELECTED", missed ? "old-" + name(number) : name(number))
        .replace("NAME", name(number))
        .replace("NUMBER", Integer.toString(10 + number))
        .replace("REPLICAS", scaledAway ? "0" : "1")
        .replace("READY", ready || missed ? "True" : "False")
        .replace("FLAG", Boolean.toString(ready || missed));
  }
}

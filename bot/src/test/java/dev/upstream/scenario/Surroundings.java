package dev.upstream.scenario;

import dev.upstream.snapshot.Snapshot;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts other namespaces around, one healthy and one broken in every way, that nobody asked for. */
final class Surroundings {
  private Surroundings() {}

  static Recording of(Recording recording, Snapshot snapshot) {
    SortedMap<String, String> files = new TreeMap<>(recording.files());
    recording
        .files()
        .keySet()
        .forEach(
            path -> {
              if (Recording.holdsObjects(path)) {
                String cluster = path.split("/", -1)[1];
                boolean lived =
                    snapshot.clusters().values().stream()
                        .filter(c -> c.name().equals(cluster))
                        .noneMatch(c -> c.manifestsOnly());
                StringBuilder text = new StringBuilder();
                for (String namespace : new String[] {"aaa-elsewhere", "zzz-elsewhere"}) {
                  text.append((lived ? WIRING + RUNNING : WIRING).replace("NS", namespace));
                }
                files.put("clusters/" + cluster + "/resources/elsewhere.yaml", text.toString());
              }
            });
    return new Recording(files);
  }

  private static final String WIRING =
      """
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: elsewhere-idle, namespace: NS}
      spec:
        replicas: 0
        selector: {matchLabels: {app: elsewhere, part: idle}}
        template: {metadata: {labels: {app: elsewhere, part: idle}}, spec: {containers: [{name: a, image: a}]}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: elsewhere, namespace: NS}
      spec: {selector: {app: elsewhere}, ports: [{name: http, port: 80, targetPort: nowhere}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: elsewhere-empty, namespace: NS}
      spec: {selector: {app: nobody}, ports: [{name: http, port: 80}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: elsewhere, namespace: NS}
      spec: {host: elsewhere, exportTo: ["."], subsets: [{name: none, labels: {part: none}}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: elsewhere, namespace: NS}
      spec: {hosts: [elsewhere], http: [{route: [{destination: {host: missing, subset: none}}]}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: twice-a, namespace: NS}
      spec: {hosts: [twice.elsewhere.invalid], resolution: STATIC, ports: [{number: 443, name: tls, protocol: TLS}], endpoints: [{address: 192.0.2.11}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: twice-b, namespace: NS}
      spec: {hosts: [twice.elsewhere.invalid], resolution: STATIC, ports: [{number: 443, name: tls, protocol: TLS}], endpoints: [{address: 192.0.2.12}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: elsewhere, namespace: NS}
      spec:
        ingressClassName: nobodys
        rules: [{host: NS.elsewhere.invalid, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: missing, port: {number: 1}}}}]}}]
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: deny-all, namespace: NS}
      spec: {podSelector: {}, policyTypes: [Ingress]}
      """;

  private static final String RUNNING =
      """
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: elsewhere-crash, namespace: NS, uid: NS-1, labels: {app: elsewhere, part: crash}}
      spec:
        nodeName: elsewhere-node
        containers: [{name: a, image: a, readinessProbe: {httpGet: {path: /, port: 1}}}]
      status:
        phase: Running
        podIP: 192.0.2.21
        conditions: [{type: Ready, status: "False", lastTransitionTime: "2001-01-01T00:00:00Z"}]
        containerStatuses:
          - {name: a, ready: false, restartCount: 99, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {reason: OOMKilled, exitCode: 137, finishedAt: "2001-01-01T00:00:00Z"}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: elsewhere-fine, namespace: NS, uid: NS-2, labels: {app: elsewhere, part: fine}}
      spec: {nodeName: elsewhere-node, containers: [{name: a, image: a}]}
      status:
        phase: Running
        podIP: 192.0.2.22
        conditions: [{type: Ready, status: "True", lastTransitionTime: "2001-01-01T00:00:00Z"}]
        containerStatuses: [{name: a, ready: true, restartCount: 0, state: {running: {startedAt: "2001-01-01T00:00:00Z"}}}]
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: elsewhere-1, namespace: NS, labels: {kubernetes.io/service-name: elsewhere}}
      addressType: IPv4
      ports: [{name: http, port: 80}]
      endpoints:
        - {addresses: [192.0.2.21], conditions: {ready: false}, targetRef: {kind: Pod, namespace: NS, name: elsewhere-crash}}
        - {addresses: [192.0.2.22], conditions: {ready: true}, targetRef: {kind: Pod, namespace: NS, name: elsewhere-fine}}
      ---
      apiVersion: v1
      kind: Event
      metadata: {name: elsewhere.1, namespace: NS}
      involvedObject: {kind: Pod, namespace: NS, name: elsewhere-crash}
      reason: BackOff
      message: Back-off restarting failed container
      lastTimestamp: "2001-01-01T00:00:00Z"
      """;
}

package dev.upstream.bundle;

import java.util.Map;
import java.util.TreeMap;

/** A bundle of two clusters with something of everything, as tools write it. */
final class Samples {
  private Samples() {}

  static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    files.put("bundle.yaml", NOTES);
    files.put("clusters/east/resources/shop/all.yaml", SHOP);
    files.put("clusters/east/resources/routing.json", ROUTING);
    files.put("clusters/east/resources/other.yml", OTHER);
    files.put("clusters/east/proxies/istio-system/gw-1/clusters.json", CLUSTERS);
    files.put("clusters/east/proxies/istio-system/gw-1/config_dump.json", CONFIG_DUMP);
    files.put("clusters/east/proxies/istio-system/gw-1/certs.json", "{\"certificates\": []}");
    files.put("clusters/east/proxies/istio-system/gw-2/clusters.json", CLUSTERS);
    files.put("clusters/east/istiod/istiod-7d9/syncz.json", SYNCZ);
    files.put("clusters/east/istiod/istiod-7d9/registryz.json", REGISTRYZ);
    files.put("clusters/east/istiod/istiod-7d9/endpointShardz.json", SHARDZ);
    files.put("clusters/east/istiod/istiod-7d9/push_status.json", PUSH_STATUS);
    files.put("clusters/east/istiod/istiod-7d9/metrics.txt", METRICS);
    files.put("clusters/east/istiod/istiod-7d9/istiod.log", "info\tads\tPush debounce stable\n");
    files.put("clusters/east/logs/istio-system/gw-1/istio-proxy.log", ACCESS_LOG);
    files.put("clusters/east/logs/shop/web-v2-abc/web.previous.log", "panic: out of luck\n");
    files.put(
        "clusters/east/nodes/node-a/sysctl.txt", "net.ipv4.ip_local_port_range = 12000\t65001\n");
    files.put(
        "clusters/east/nodes/node-a/ss.txt", "SYN-SENT 0 1 10.0.1.5:31055 10.244.0.12:8080\n");
    files.put("clusters/east/nodes/node-a/kube-proxy-mode.txt", "ipvs");
    files.put("clusters/west/resources/a.yaml", WEST);
    return files;
  }

  static final String NOTES =
      """
      capturedAt: 2026-11-21T10:16:00Z
      target: shop.example.com
      notes: taken while it failed
      reachedBy:
        west: [west.example.com, 203.0.113.0/24]
      collected:
        - cluster: east
          kinds: [Pod, endpointslices, Service, Deployment, Event]
          namespaces: [shop, istio-system]
        - cluster: east
          kinds: [Pod]
          namespaces: "*"
          selector: istio=ingressgateway,app=gw
        - {cluster: east, kinds: [virtualservices.networking.istio.io, DestinationRule], namespaces: "*"}
        - {cluster: west, kinds: Service}
      gaps:
        - cluster: west
          source: istiod
          scope: istio-system/istiod-west
          cause: TIMEOUT
          detail: no answer in 5 s
          remedy: ask again
        - {cluster: west, source: objects, scope: pods in shop, cause: FORBIDDEN, detail: "no", remedy: grant it}
      """;

  static final String SHOP =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web-v1
        namespace: shop
        uid: 6f1
        creationTimestamp: 2026-11-20T08:00:00Z
        annotations: {deployment.kubernetes.io/revision: "4"}
        managedFields:
          - manager: kubectl
            operation: Update
            subresource: scale
            time: "2026-11-21T09:58:10Z"
            fieldsV1: {"f:spec": {"f:replicas": {}}}
      spec:
        replicas: 0
        selector: {matchLabels: {app: web, version: v1}}
        template:
          metadata: {labels: &labels {app: web, version: v1}}
          spec:
            containers:
              - name: web
                image: shop/web:1.0
                ports: [{containerPort: 8080, name: http-web}]
                resources: {limits: {memory: 128Mi, cpu: 0.5}}
      status: {observedGeneration: 4}
      ---
      # a comment only
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web-v2-abc, namespace: shop, labels: {app: web, version: v2}}
      spec:
        nodeName: node-a
        containers:
          - name: web
            image: shop/web:2.0
            readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 5}
      status:
        phase: Running
        podIP: 10.244.0.12
        conditions:
          - {type: Ready, status: "True", lastTransitionTime: "2026-11-21T09:00:00Z"}
        containerStatuses:
          - name: web
            ready: true
            restartCount: 2
            state: {running: {startedAt: "2026-11-21T08:59:00Z"}}
            lastState: {terminated: {exitCode: 137, reason: OOMKilled, finishedAt: "2026-11-21T08:58:59Z"}}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec:
        selector: {app: web}
        ports: [{name: http, port: 80, targetPort: http-web}]
      ---
      apiVersion: v1
      kind: Event
      metadata: {name: web-v2-abc.17a, namespace: shop}
      involvedObject: {kind: Pod, namespace: shop, name: web-v2-abc}
      reason: Unhealthy
      message: "Readiness probe failed: HTTP probe failed with statuscode: 500"
      type: Warning
      count: 3
      firstTimestamp: "2026-11-21T08:58:00Z"
      lastTimestamp: "2026-11-21T08:59:30Z"
      """;

  static final String ROUTING =
      """
      {"apiVersion": "v1", "items": [
        {"apiVersion": "networking.istio.io/v1beta1", "kind": "VirtualService",
         "metadata": {"name": "web", "namespace": "shop"},
         "spec": {"hosts": ["shop.example.com"], "gateways": ["istio-system/edge"],
           "http": [{"route": [
             {"destination": {"host": "web", "subset": "v1"}, "weight": 95},
             {"destination": {"host": "web", "subset": "v2"}, "weight": 5}],
             "timeout": "10s"}]}},
        {"apiVersion": "networking.istio.io/v1alpha3", "kind": "DestinationRule",
         "metadata": {"name": "web", "namespace": "shop"},
         "spec": {"host": "web", "subsets": [
           {"name": "v1", "labels": {"version": "v1"}},
           {"name": "v2", "labels": {"version": "v2"},
            "trafficPolicy": {"connectionPool": {"tcp": {"maxConnections": 10}}}}]}},
        {"apiVersion": "networking.istio.io/v1", "kind": "Gateway",
         "metadata": {"name": "edge", "namespace": "istio-system"},
         "spec": {"selector": {"istio": "ingressgateway"}, "servers": [
           {"port": {"number": 80, "name": "http", "protocol": "HTTP"}, "hosts": ["*"]}]}}
      ], "kind": "List", "metadata": {"resourceVersion": ""}}
      """;

  static final String OTHER =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: istiod-7d9, namespace: istio-system}
      spec: {containers: [{name: discovery, image: istio/pilot}]}
      ---
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: {name: unknown-kinds-are-ignored}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: node-a}
      spec: {unschedulable: true}
      status:
        addresses: [{type: InternalIP, address: 10.0.1.5}]
        allocatable: {cpu: "2", memory: 8Gi}
      """;

  static final String WEST =
      """
      apiVersion: v1
      kind: ServiceList
      items:
        - metadata: {name: web, namespace: shop}
          spec: {ports: [{port: 80}], externalIPs: [203.0.113.7]}
        - metadata: {name: api, namespace: shop}
          spec: {ports: [{port: 81}]}
      """;

  static final String CLUSTERS =
      """
      {"cluster_statuses": [
        {"name": "outbound|80|v1|web.shop.svc.cluster.local", "added_via_api": true,
         "circuit_breakers": {"thresholds": [{"max_connections": 4294967295}]}},
        {"name": "outbound|80|v2|web.shop.svc.cluster.local", "added_via_api": true,
         "host_statuses": [
           {"address": {"socket_address": {"address": "10.244.0.12", "port_value": 8080}},
            "stats": [{"name": "cx_total", "value": "12"}],
            "health_status": {"eds_health_status": "HEALTHY"}, "weight": 1},
           {"address": {"socket_address": {"address": "10.244.0.13", "port_value": 8080}},
            "health_status": {"failed_outlier_check": true, "eds_health_status": "HEALTHY"}}]}]}
      """;

  static final String CONFIG_DUMP =
      """
      {"configs": [
        {"@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump",
         "bootstrap": {"node": {"id": "router~10.244.0.2~gw-1.istio-system"}}},
        {"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump",
         "dynamic_route_configs": [
          {"version_info": "2026-11-21T09:58:11Z/12", "route_config": {"name": "http.80",
            "virtual_hosts": [{"name": "shop.example.com:80", "domains": ["shop.example.com"],
              "routes": [{"match": {"prefix": "/"}, "route": {"weighted_clusters": {"clusters": [
                {"name": "outbound|80|v1|web.shop.svc.cluster.local", "weight": 95},
                {"name": "outbound|80|v2|web.shop.svc.cluster.local", "weight": 5}]}}}]}]}}]}]}
      """;

  static final String SYNCZ =
      """
      [{"cluster_id": "east", "proxy": "gw-1.istio-system", "istio_version": "1.31.0",
        "cluster_sent": "a", "cluster_acked": "a", "listener_sent": "b", "listener_acked": "b",
        "route_sent": "c", "route_acked": "old", "endpoint_sent": "", "endpoint_acked": "",
        "resources": {"type.googleapis.com/envoy.config.route.v3.RouteConfiguration":
          {"sent": "c", "acked": "old", "lastError": "Duplicate entry of domain shop"}}}]
      """;

  static final String REGISTRYZ =
      """
      [{"hostname": "web.shop.svc.cluster.local", "Attributes": {"Name": "web", "Namespace": "shop",
        "ExportTo": null}, "ports": [{"name": "http", "port": 80, "protocol": "HTTP"}]},
       {"hostname": "de.pay.example.com", "Attributes": {"Name": "de", "Namespace": "pay",
        "ExportTo": {".": {}}}, "ports": [{"name": "tls", "port": 443, "protocol": "TLS"}]}]
      """;

  static final String SHARDZ =
      """
      {"web.shop.svc.cluster.local": {"shop": {"Shards": {"Kubernetes/east": [
        {"Labels": {"app": "web"}, "Addresses": ["10.244.0.12"], "EndpointPort": 8080,
         "HealthStatus": 1}]}, "ServiceAccounts": {}}}}
      """;

  static final String PUSH_STATUS =
      """
      {"pilot_duplicate_envoy_clusters": {"outbound|443||de.pay.example.com":
        {"proxy": "gw-1.istio-system", "message": "Duplicate cluster found while pushing CDS"}}}
      """;

  static final String METRICS =
      """
      # HELP pilot_duplicate_envoy_clusters Duplicate envoy clusters
      # TYPE pilot_duplicate_envoy_clusters gauge
      pilot_duplicate_envoy_clusters 1
      pilot_services 42
      """;

  static final String ACCESS_LOG =
      """
      2026-11-21T10:15:58.123456789Z stdout F [2026-11-21T10:15:58.120Z] "GET /cart?token=s3cr3t HTTP/1.1" 503 UH no_healthy_upstream - "-" 0 19 0 - "198.51.100.7" "curl/8.5" "5f1" "shop.example.com" "-" outbound|80|v1|web.shop.svc.cluster.local - 10.244.0.2:80 198.51.100.7:51234 - -
      2026-11-21T10:15:59.000000000Z stdout F [2026-11-21T10:15:58.990Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 5 3 2 "198.51.100.7" "curl/8.5" "5f2" "shop.example.com" "10.244.0.12:8080" outbound|80|v2|web.shop.svc.cluster.local 10.244.0.2:40000 10.244.0.2:80 198.51.100.7:51235 - default
      """;
}

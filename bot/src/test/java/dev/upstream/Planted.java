package dev.upstream;

import java.util.Map;
import java.util.TreeMap;

/** A shop with a secret in every place where people and programs put them. */
final class Planted {
  /** Every planted value holds this, whatever surrounds it. */
  static final String MARK = "S3CR3T";

  /** Addresses of clients, which belong to no pod, node or Service. */
  static final String CLIENT = "198.51.100.";

  private Planted() {}

  static Map<String, String> bundle() {
    Map<String, String> files = new TreeMap<>();
    files.put("bundle.yaml", "capturedAt: 2026-11-21T10:16:00Z\n");
    files.put("resources/all.yaml", String.join("---\n", OBJECTS.values()) + "---\n" + SECRET);
    files.put("resources/broken.yaml", BROKEN);
    files.put("logs/shop/web-a/web.log", APP_LOG);
    files.put("logs/shop/web-a/web.previous.log", APP_LOG);
    files.put("logs/shop/web-a/istio-proxy.log", ENVOY_LOG);
    files.put("logs/ingress-nginx/controller-1/controller.log", NGINX_LOG);
    files.put("proxies/shop/web-a/clusters.json", ENVOY_CLUSTERS);
    files.put("proxies/shop/web-a/config_dump.json", ENVOY_ROUTES);
    files.put(
        "proxies/shop/web-a/certs.json", "{\"certificates\": [{\"path\": \"S3CR3T-certs\"}]}");
    files.put(
        "proxies/shop/web-a/server_info.json",
        "{\"node\": {\"metadata\": {\"T\": \"S3CR3T-info\"}}}");
    files.put("istiod/istiod-1/syncz.json", SYNC);
    files.put("istiod/istiod-1/registryz.json", REGISTRY);
    files.put("istiod/istiod-1/endpointShardz.json", "{}");
    files.put("istiod/istiod-1/push_status.json", PUSH_STATUS);
    files.put(
        "istiod/istiod-1/metrics.txt",
        "pilot_services{token=\"S3CR3T-label\"} 3\npilot_services 3\n");
    files.put("istiod/istiod-1/istiod.log", APP_LOG);
    files.put("nodes/node-a/sysctl.txt", SYSCTL);
    files.put("nodes/node-a/ss.txt", SOCKETS);
    files.put("nodes/node-a/conntrack.txt", CONNTRACK);
    files.put("nodes/node-a/ipvsadm.txt", "TCP  10.96.0.10:80 rr S3CR3T-ipvs\n");
    files.put("nodes/node-a/kube-proxy-mode.txt", "S3CR3T-mode\n");
    return files;
  }

  /** By plural name. */
  static final Map<String, String> OBJECTS = new TreeMap<>();

  static {
    OBJECTS.put(
        "services",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          namespace: shop
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: '{"password":"S3CR3T-applied"}'
        spec:
          clusterIP: 10.96.0.10
          selector: {app: web}
          ports: [{name: http, port: 80, targetPort: 8080}]
        """);
    OBJECTS.put(
        "deployments",
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop, uid: d1}
        spec:
          replicas: 1
          selector: {matchLabels: {app: web}}
          template:
            metadata:
              labels: {app: web}
              annotations: {note: S3CR3T-template}
            spec:
              containers:
                - name: web
                  image: shop/web:1
                  command: [sh, -c, "run S3CR3T-command"]
                  args: ["--api-key=S3CR3T-argument", "--password", "S3CR3T-argument2"]
                  env: [{name: DB_PASSWORD, value: S3CR3T-env}]
                  envFrom: [{secretRef: {name: S3CR3T-env-from}}]
                  readinessProbe: {httpGet: {path: /ready, port: 8080}}
        status:
          replicas: 1
          conditions:
            - {type: Available, status: "False", message: "token=S3CR3T-condition"}
        """);
    OBJECTS.put(
        "endpointslices",
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web-x, namespace: shop, labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        ports: [{name: http, port: 8080}]
        endpoints:
          - {addresses: [10.244.0.12], conditions: {ready: false}, targetRef: {kind: Pod, namespace: shop, name: web-a}}
        """);
    OBJECTS.put(
        "events",
        """
        apiVersion: v1
        kind: Event
        metadata:
          name: web-a.1
          namespace: shop
          annotations: {x: S3CR3T-event-annotation}
        involvedObject: {kind: Pod, namespace: shop, name: web-a, fieldPath: "spec.containers{web}"}
        reason: Unhealthy
        type: Warning
        count: 9
        message: 'Readiness probe failed: Get "http://10.244.0.12:8080/ready?key=S3CR3T-probe": Authorization: Bearer S3CR3T-bearer, DB_PASSWORD=S3CR3T-assigned, Cookie: a=b; c=S3CR3T-cookie'
        firstTimestamp: "2026-11-21T10:10:00Z"
        lastTimestamp: "2026-11-21T10:15:50Z"
        """);
    OBJECTS.put(
        "configmaps",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: shop}
        data:
          application.properties: "password=S3CR3T-config"
          mesh: "accessLogFile: /dev/stdout\\npassword: S3CR3T-mesh\\n"
        binaryData: {x: UzNDUjNU}
        """);
    OBJECTS.put(
        "virtualservices",
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec:
          hosts: [web.shop.svc.cluster.local]
          http:
            - match:
                - headers:
                    authorization: {exact: "S3CR3T-match"}
                    cookie: {regex: ".*S3CR3T-match2.*"}
                    x-api-key: {exact: S3CR3T-match3}
                    x-tenant: {exact: "Bearer S3CR3T-match4"}
                  queryParams: {sig: {exact: S3CR3T-parameter}}
              route: [{destination: {host: web}}]
            - match: [{uri: {regex: "/(old|gone)/?.*"}}]
              headers:
                request: {set: {x-shared: S3CR3T-set}, add: {x-more: S3CR3T-add}}
              directResponse: {status: 503, body: {string: S3CR3T-body}}
            - route:
                - destination: {host: web}
                  headers: {response: {add: {x-last: S3CR3T-route-add}}}
        """);
    OBJECTS.put(
        "httproutes",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web, namespace: shop}
        spec:
          hostnames: [shop.example.com]
          rules:
            - matches:
                - headers: [{name: X-Api-Key, value: S3CR3T-list-header}]
                  queryParams: [{name: sig, value: S3CR3T-list-parameter}]
              filters:
                - type: RequestHeaderModifier
                  requestHeaderModifier: {set: [{name: x-shared, value: S3CR3T-modifier}], add: [{name: x-b, value: S3CR3T-modifier2}]}
              backendRefs: [{name: web, port: 80}]
        """);
    OBJECTS.put(
        "envoyfilters",
        """
        apiVersion: networking.istio.io/v1alpha3
        kind: EnvoyFilter
        metadata: {name: headers, namespace: shop}
        spec:
          configPatches:
            - applyTo: HTTP_FILTER
              match: {context: S3CR3T-filter-match}
              patch: {operation: ADD, value: {headers: {x: S3CR3T-filter}}}
        """);
    OBJECTS.put(
        "authorizationpolicies",
        """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata: {name: partners, namespace: shop}
        spec:
          action: ALLOW
          rules:
            - from: [{source: {principals: [S3CR3T-principal], ipBlocks: [198.51.100.77/32]}}]
              when: [{key: "request.headers[x-token]", values: [S3CR3T-policy-header]}]
        """);
    OBJECTS.put(
        "wasmplugins",
        """
        apiVersion: extensions.istio.io/v1alpha1
        kind: WasmPlugin
        metadata: {name: login, namespace: shop}
        spec:
          url: oci://registry.example.com/login:1
          imagePullSecret: S3CR3T-pull
          pluginConfig: {password: S3CR3T-plugin}
          vmConfig: {env: [{name: KEY, value: S3CR3T-plugin-env}]}
        """);
    OBJECTS.put(
        "routes",
        """
        apiVersion: route.openshift.io/v1
        kind: Route
        metadata: {name: web, namespace: shop}
        spec:
          host: shop.example.com
          to: {kind: Service, name: web}
          tls: {termination: edge, key: S3CR3T-private-key, certificate: S3CR3T-certificate}
          httpHeaders: {actions: {request: [{name: x, action: {set: {value: S3CR3T-route-header}}}]}}
        """);
    OBJECTS.put(
        "rollouts",
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: other, namespace: shop}
        spec:
          selector: {matchLabels: {app: other}}
          template: {metadata: {labels: {app: other}}, spec: {containers: [{name: c, image: i, args: [S3CR3T-rollout]}]}}
          strategy:
            canary:
              steps:
                - setWeight: 20
                - analysis: {templates: [{templateName: t}], args: [{name: token, value: S3CR3T-analysis}]}
                - setHeaderRoute: {name: r, match: [{headerName: x, headerValue: {exact: S3CR3T-header-route}}]}
        """);
  }

  static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: web-a
        namespace: shop
        labels: {app: web}
        annotations:
          kubectl.kubernetes.io/last-applied-configuration: '{"env":"S3CR3T-applied"}'
          vault.example.com/token: S3CR3T-annotation
      spec:
        nodeName: node-a
        containers:
          - name: web
            image: shop/web:1
            command: [run, "--token=S3CR3T-command"]
            args: ["S3CR3T-argument", "--watch-namespace=shop"]
            env: [{name: A, value: S3CR3T-env}, {name: B, valueFrom: {secretKeyRef: {name: S3CR3T-ref, key: k}}}]
            envFrom: [{secretRef: {name: S3CR3T-env-from}}]
            ports: [{containerPort: 8080}]
            readinessProbe:
              httpGet: {path: "/ready?key=S3CR3T-probe-path", port: 8080, httpHeaders: [{name: X-Key, value: S3CR3T-probe-header}]}
            livenessProbe: {exec: {command: [check, "--password", "S3CR3T-probe-command"]}}
            lifecycle: {preStop: {exec: {command: [S3CR3T-lifecycle]}}}
          - {name: istio-proxy, image: istio/proxyv2, args: [S3CR3T-proxy], env: [{name: T, value: S3CR3T-env}]}
      status:
        phase: Running
        podIP: 10.244.0.12
        message: S3CR3T-pod-message
        conditions:
          - {type: Ready, status: "False", message: S3CR3T-ready-message, lastTransitionTime: "2026-11-21T10:10:00Z"}
        containerStatuses:
          - name: web
            ready: false
            restartCount: 7
            state: {waiting: {reason: CrashLoopBackOff, message: S3CR3T-waiting}}
            lastState:
              terminated: {exitCode: 1, reason: Error, message: S3CR3T-termination, finishedAt: "2026-11-21T10:15:30Z"}
      """;

  static {
    OBJECTS.put("pods", POD);
  }

  static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: db, namespace: shop}
      data: {password: UzNDUjNULXNlY3JldA==}
      stringData: {password: S3CR3T-secret}
      """;

  static final String BROKEN =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: db2, namespace: shop}
      stringData: {password: "S3CR3T-broken
      """;

  static final String APP_LOG =
      """
      2026-11-21T10:15:40Z stdout F connecting with password=S3CR3T-log and token: "S3CR3T-log2"
      2026-11-21T10:15:41Z stdout F curl -H 'Authorization: ApiKey S3CR3T-log3' -H 'Cookie: a=1; b=S3CR3T-log4' http://api
      2026-11-21T10:15:42Z stdout F {"db_password":"S3CR3T-log5","msg":"{\\"access_key\\":\\"S3CR3T-log6\\"}","cookie":"x=S3CR3T-log7; y=S3CR3T-log8"}
      2026-11-21T10:15:43Z stdout F jdbc url postgres://app:S3CR3T-log9@db:5432/shop?sslpassword=S3CR3T-log10
      2026-11-21T10:15:44Z stdout F Bearer S3CR3T-log11 was refused; SPRING_DATASOURCE_PASSWORD=S3CR3T-log12
      2026-11-21T10:15:45Z stdout F Set-Cookie: session=S3CR3T-log13; Path=/; other=S3CR3T-log14
      2026-11-21T10:15:46Z stdout F Proxy-Authorization: Digest username="u", response="S3CR3T-log15"
      """;

  static final String ENVOY_LOG =
      """
      [2026-11-21T10:15:58.120Z] "GET /cart?token=S3CR3T-query HTTP/1.1" 503 UH no_healthy_upstream - "-" 0 19 0 - "198.51.100.7" "S3CR3T-agent" "5f1" "web.shop.svc.cluster.local" "-" outbound|80||web.shop.svc.cluster.local - 10.96.0.10:80 198.51.100.7:51234 - -
      [2026-11-21T10:15:58.121Z] "GET /LONG?token=S3CR3T-query HTTP/1.1" 503 UH no_healthy_upstream - "-" 0 19 0 - "198.51.100.8,198.51.100.9" "agent "with" quotes" "5f2" "web" "-" outbound|80||web.shop.svc.cluster.local - 10.96.0.10:80 198.51.100.8:51234 - -
      [2026-11-21T10:15:58.122Z] "GET / HTTP/1.1" 200 own format 198.51.100.10:99 "-"
      {"start_time":"2026-11-21T10:15:58.123Z","path":"/cart?token=S3CR3T-json","downstream_remote_address":"198.51.100.11:5","x_forwarded_for":"198.51.100.12","user_agent":"S3CR3T-json-agent","response_code":503}
      """
          .replace("/LONG", "/" + "x".repeat(5_000));

  static final String NGINX_LOG =
      """
      198.51.100.20 - bob [21/Nov/2026:10:15:58 +0000] "GET /cart?token=S3CR3T-nginx HTTP/1.1" 502 150 "https://x/?S3CR3T-referrer" "S3CR3T-nginx-agent" 300 0.001 [shop-web-80] [] 10.244.0.12:8080 0 0.001 502 abc
      2026/11/21 10:15:58 [error] 29#29: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 198.51.100.21, server: shop.example.com, request: "GET /cart?token=S3CR3T-error HTTP/1.1", upstream: "http://10.244.0.12:8080/cart?token=S3CR3T-upstream", host: "shop.example.com", referrer: "https://shop/?S3CR3T-referrer2"
      2026/11/21 10:15:59 [error] 29#29: *2 peer closed connection, client: 198.51.100.22
      """;

  static final String ENVOY_CLUSTERS =
      """
      {"cluster_statuses": [{
        "name": "outbound|80||web.shop.svc.cluster.local", "added_via_api": true, "observability_name": "S3CR3T-stat",
        "host_statuses": [{"address": {"socket_address": {"address": "10.244.0.12", "port_value": 8080}},
          "hostname": "S3CR3T-hostname", "stats": [{"name": "S3CR3T-counter"}], "health_status": {"eds_health_status": "UNHEALTHY"}}]}]}
      """;

  static final String ENVOY_ROUTES =
      """
      {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump", "dynamic_route_configs": [{"route_config": {
        "name": "80", "request_headers_to_add": [{"header": {"key": "x", "value": "S3CR3T-config-header"}}],
        "virtual_hosts": [{"name": "web", "domains": ["web.shop.svc.cluster.local"], "routes": [
          {"match": {"path": "/callback/token=S3CR3T-path"}, "route": {"cluster": "outbound|80||web.shop.svc.cluster.local"}},
          {"match": {"prefix": "/old/api_key=S3CR3T-prefix"}, "route": {"cluster": "outbound|80||web.shop.svc.cluster.local"}},
          {"match": {"path_separated_prefix": "/new/password=S3CR3T-separated"}, "route": {"cluster": "outbound|80||web.shop.svc.cluster.local"}},
          {"match": {"safe_regex": {"regex": "/x/password=S3CR3T-regex.*"}, "headers": [{"name": "authorization", "string_match": {"exact": "S3CR3T-header"}}]},
            "route": {"weighted_clusters": {"clusters": [{"name": "outbound|80||web.shop.svc.cluster.local", "weight": 100,
              "request_headers_to_add": [{"header": {"key": "x", "value": "S3CR3T-weighted"}}]}]}}},
          {"match": {"prefix": "/"}, "name": "S3CR3T-name", "route": {"cluster": "outbound|80||web.shop.svc.cluster.local"},
            "request_headers_to_add": [{"header": {"key": "x", "value": "S3CR3T-added"}}]}]}]}}]}]}
      """;

  static final String SYNC =
      """
      [{"cluster_id": "Kubernetes", "proxy": "web-a.shop", "cluster_sent": "S3CR3T-nonce", "cluster_acked": "S3CR3T-nonce",
        "resources": {"type.googleapis.com/envoy.config.listener.v3.Listener": {"lastError": "rejected: Authorization: Bearer S3CR3T-rejected"}}}]
      """;

  static final String REGISTRY =
      """
      [{"hostname": "web.shop.svc.cluster.local", "ports": [{"port": 80}], "serviceAccounts": ["S3CR3T-account"],
        "Attributes": {"Namespace": "shop", "Name": "web", "Labels": {"x": "S3CR3T-label"}}}]
      """;

  static final String PUSH_STATUS =
      """
      {"pilot_duplicate_envoy_clusters": {"outbound|80||web.shop.svc.cluster.local": {"proxy": "S3CR3T-proxy", "message": "duplicate, token=S3CR3T-push"}}}
      """;

  static final String SYSCTL =
      """
      net.ipv4.ip_local_port_range = 32768 60999
      net.ipv4.tcp_fastopen_key = S3CR3T-key
      net.ipv6.conf.all.stable_secret = S3CR3T-stable
      kernel.hostname = S3CR3T-host
      """;

  static final String SOCKETS =
      """
      ESTAB 0 0 10.244.0.12:8080 198.51.100.30:41000 users:(("S3CR3T-process",pid=1,fd=3))
      """;

  static final String CONNTRACK =
      """
      tcp      6 100 ESTABLISHED src=198.51.100.31 dst=10.96.0.10 sport=41000 dport=80 src=10.244.0.12 dst=198.51.100.31 sport=8080 dport=41000 [ASSURED] mark=0
      """;
}

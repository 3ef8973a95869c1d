package dev.upstream.bundle;

/** One object of many kinds with the fields that real clusters fill. */
final class Bloom {
  static final int OBJECTS = 21;

  private Bloom() {}

  static final String YAML =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: web, namespace: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: x}]}}
        strategy: {canary: {steps: [{setWeight: 20}, {pause: {}}], trafficRouting: {istio: {virtualService: {name: web}}}}}
      status: {observedGeneration: "5", HPAReplicas: 2, phase: Healthy, pauseConditions: [{reason: CanaryPauseStep}]}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: shop}
      spec:
        serviceName: db
        replicas: 1
        selector: {matchExpressions: [{key: app, operator: In, values: [db]}]}
        template:
          metadata: {labels: {app: db}}
          spec:
            initContainers: [{name: proxy, image: p, restartPolicy: Always}]
            containers:
              - name: db
                image: db
                ports: [{containerPort: 5432, protocol: TCP}]
                resources: {requests: {cpu: 1, memory: "1Gi"}}
                readinessProbe: {tcpSocket: {port: 5432}}
                startupProbe: {grpc: {port: 9000}, failureThreshold: 30}
                lifecycle: {preStop: {sleep: {seconds: 5}}}
        volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent, namespace: shop}
      spec:
        selector: {matchLabels: {app: agent}}
        updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 10%, maxSurge: 0}}
        template: {metadata: {labels: {app: agent}}, spec: {hostNetwork: true, tolerations: [{operator: Exists}], containers: [{name: a, image: a}]}}
      ---
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata:
        name: web-5d
        namespace: shop
        ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true, blockOwnerDeletion: true}]
      spec: {replicas: 1, selector: {matchLabels: {app: web}}}
      status: {replicas: 1, readyReplicas: 1}
      ---
      apiVersion: batch/v1
      kind: Job
      metadata: {name: j, namespace: shop}
      spec: {backoffLimit: 2, template: {spec: {restartPolicy: Never, containers: [{name: j, image: j}]}}}
      status: {succeeded: 1, completionTime: "2026-11-21T09:00:00Z"}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec:
        type: LoadBalancer
        ipFamilies: [IPv4]
        internalTrafficPolicy: Local
        ports: [{port: 80, targetPort: 8080, nodePort: 30080, appProtocol: http}, {name: b, port: 81, targetPort: web}]
      status: {loadBalancer: {ingress: [{ip: 192.0.2.1, ipMode: VIP}]}}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: web-x, namespace: shop, labels: {kubernetes.io/service-name: web}}
      addressType: IPv4
      ports: [{name: "", port: 8080, protocol: TCP}]
      endpoints:
        - addresses: [10.244.0.12]
          conditions: {ready: true, serving: true, terminating: false}
          targetRef: {kind: Pod, name: web-1, namespace: shop}
          hints: {forZones: [{name: a}]}
          zone: a
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web, namespace: shop}
      spec:
        ingressClassName: nginx
        defaultBackend: {service: {name: web, port: {name: http}}}
        tls: [{hosts: [a.example.com], secretName: tls}]
        rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
      status: {loadBalancer: {ingress: [{hostname: lb.example.com}]}}
      ---
      apiVersion: networking.k8s.io/v1
      kind: IngressClass
      metadata: {name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
      spec: {controller: k8s.io/ingress-nginx}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: deny, namespace: shop}
      spec:
        podSelector: {}
        policyTypes: [Ingress]
        ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {namespaceSelector: {}}], ports: [{port: http}, {port: 8080, endPort: 8090, protocol: TCP}]}]
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: edge, namespace: istio-system}
      spec:
        selector: {istio: ingressgateway}
        servers:
          - port: {number: 443, name: https, protocol: HTTPS}
            hosts: ["shop/a.example.com"]
            tls: {mode: SIMPLE, credentialName: tls, minProtocolVersion: TLSV1_2}
          - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"], tls: {httpsRedirect: true}}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: web, namespace: shop}
      spec:
        hosts: [a.example.com]
        gateways: [istio-system/edge, mesh]
        exportTo: ["."]
        http:
          - name: first
            match: [{uri: {prefix: /a}, headers: {x: {regex: ".*"}}, port: 80, sourceLabels: {a: b}, method: {exact: GET}}]
            rewrite: {uri: /}
            retries: {attempts: 3, perTryTimeout: 2s, retryOn: "5xx"}
            fault: {abort: {httpStatus: 503, percentage: {value: 0.1}}, delay: {fixedDelay: 5s, percentage: {value: 5}}}
            mirror: {host: web, subset: v2}
            mirrorPercentage: {value: 100}
            corsPolicy: {allowOrigins: [{exact: "*"}], maxAge: 24h}
            route: [{destination: {host: web, subset: v1, port: {number: 80}}, weight: 100, headers: {request: {remove: [x]}}}]
          - {redirect: {uri: /b, authority: b, redirectCode: 302}}
          - {directResponse: {status: 503, body: {string: "x"}}}
          - {delegate: {name: d, namespace: e}}
        tcp: [{match: [{port: 27017}], route: [{destination: {host: mongo, port: {number: 5555}}}]}]
        tls: [{match: [{port: 443, sniHosts: [a.example.com]}], route: [{destination: {host: web}}]}]
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: web, namespace: shop}
      spec:
        host: web
        trafficPolicy:
          loadBalancer: {consistentHash: {httpCookie: {name: u, ttl: 0s}}, localityLbSetting: {enabled: true, failover: [{from: a, to: b}]}}
          tls: {mode: ISTIO_MUTUAL}
          outlierDetection: {consecutive5xxErrors: 5, interval: 5s, baseEjectionTime: 30s, maxEjectionPercent: 100, splitExternalLocalOriginErrors: true}
          connectionPool: {tcp: {maxConnections: 100, connectTimeout: 30ms, tcpKeepalive: {time: 7200s}}, http: {http2MaxRequests: 1000, h2UpgradePolicy: UPGRADE}}
          portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: LEAST_REQUEST}}]
        subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {tls: {mode: SIMPLE, sni: x}}}]
        workloadSelector: {matchLabels: {app: x}}
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: ext, namespace: shop}
      spec:
        hosts: [ext.example.com]
        location: MESH_INTERNAL
        resolution: DNS_ROUND_ROBIN
        addresses: [240.0.0.1]
        ports: [{number: 443, name: tls, protocol: TLS, targetPort: 8443}]
        endpoints: [{address: 192.0.2.9, ports: {tls: 8443}, labels: {a: b}, locality: a/b, weight: 5, network: n}]
        exportTo: ["*"]
        subjectAltNames: [x]
      status: {addresses: [{value: 240.240.0.1, host: ext.example.com}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: WorkloadEntry
      metadata: {name: vm, namespace: shop}
      spec: {address: 192.0.2.3, labels: {app: vm}, ports: {http: 8080}, serviceAccount: s, weight: 1}
      ---
      apiVersion: networking.istio.io/v1
      kind: Sidecar
      metadata: {name: default, namespace: shop}
      spec:
        egress: [{hosts: ["./*", "istio-system/*"], port: {number: 80, protocol: HTTP, name: e}, captureMode: NONE}]
        ingress: [{port: {number: 8080, protocol: HTTP, name: i}, defaultEndpoint: 127.0.0.1:8080}]
        outboundTrafficPolicy: {mode: REGISTRY_ONLY}
      ---
      apiVersion: networking.istio.io/v1alpha3
      kind: EnvoyFilter
      metadata: {name: f, namespace: shop}
      spec:
        workloadSelector: {labels: {app: web}}
        priority: 10
        configPatches:
          - applyTo: HTTP_FILTER
            match: {context: SIDECAR_INBOUND, proxy: {proxyVersion: "1.*"}, listener: {portNumber: 80, filterChain: {filter: {name: x, subFilter: {name: y}}}}}
            patch: {operation: INSERT_BEFORE, value: {name: lua, typed_config: {"@type": t, list: [1, {a: b}]}}}
      ---
      apiVersion: gateway.networking.k8s.io/v1beta1
      kind: HTTPRoute
      metadata: {name: r, namespace: shop}
      spec:
        parentRefs: [{name: gw, namespace: istio-system, sectionName: http, port: 80}]
        hostnames: [a.example.com]
        rules:
          - matches: [{path: {type: PathPrefix, value: /}, headers: [{name: x, value: y}], method: GET}]
            filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}]
            backendRefs: [{name: web, port: 80, weight: 1}]
            timeouts: {request: 10s}
      status: {parents: [{controllerName: istio.io/gateway-controller, parentRef: {name: gw}, conditions: [{type: Accepted, status: "True", reason: Accepted, message: m, lastTransitionTime: "2026-11-21T09:00:00Z"}]}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: gw, namespace: istio-system}
      spec:
        gatewayClassName: istio
        addresses: [{type: IPAddress, value: 192.0.2.2}]
        listeners: [{name: http, port: 80, protocol: HTTP, hostname: "*.example.com", allowedRoutes: {namespaces: {from: All}}}]
      ---
      apiVersion: route.openshift.io/v1
      kind: Route
      metadata: {name: r, namespace: shop}
      spec: {host: r.example.com, to: {kind: Service, name: web, weight: 100}, tls: {termination: edge}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: node-b}
      spec: {podCIDR: 10.244.1.0/24, taints: [{key: k, effect: NoSchedule, timeAdded: "2026-11-21T09:00:00Z"}]}
      status:
        capacity: {cpu: "2", ephemeral-storage: 100Gi}
        conditions: [{type: Ready, status: "True", lastHeartbeatTime: "2026-11-21T09:00:00Z", lastTransitionTime: "2026-11-21T08:00:00Z"}]
        daemonEndpoints: {kubeletEndpoint: {Port: 10250}}
        images: [{names: [a], sizeBytes: 123456789012}]
        nodeInfo: {kubeletVersion: v1.36.3, kubeProxyVersion: ""}
      """;
}

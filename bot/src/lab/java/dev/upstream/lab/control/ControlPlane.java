package dev.upstream.lab.control;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The real processes of one cluster: etcd, the API server and its controllers, kwok, istiod. */
public final class ControlPlane {
  private final ClusterSpec spec;
  private final Parts parts;
  private final Children children;
  private final Certificates certificates;
  private final Path kubeconfig;
  private final Path work;
  private final Map<String, Process> running = new ConcurrentHashMap<>();

  public ControlPlane(
      ClusterSpec spec,
      Parts parts,
      Children children,
      Certificates certificates,
      Path kubeconfig,
      Path work) {
    this.spec = spec;
    this.parts = parts;
    this.children = children;
    this.certificates = certificates;
    this.kubeconfig = kubeconfig;
    this.work = work;
  }

  public void startEtcd() {
    String client = "http://127.0.0.1:" + spec.port(2379);
    String peer = "http://127.0.0.1:" + spec.port(2380);
    start(
        "etcd",
        Map.of(),
        "--unsafe-no-fsync",
        "--log-level=error",
        "--data-dir=" + work.resolve("etcd"),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer);
  }

  public void startApiServer() {
    start(
        "kube-apiserver",
        Map.of(),
        "--etcd-servers=http://127.0.0.1:" + spec.port(2379),
        "--secure-port=" + spec.port(6443),
        "--bind-address=127.0.0.1",
        "--advertise-address=" + spec.nodeAddress(0),
        "--endpoint-reconciler-type=none",
        "--tls-cert-file=" + certificates.path("server.crt"),
        "--tls-private-key-file=" + certificates.path("server.key"),
        "--client-ca-file=" + certificates.path("ca.crt"),
        "--service-account-key-file=" + certificates.path("account.key"),
        "--service-account-signing-key-file=" + certificates.path("account.key"),
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-cluster-ip-range=" + spec.serviceRange(),
        "--authorization-mode=RBAC",
        "--kubelet-client-certificate=" + certificates.path("admin.crt"),
        "--kubelet-client-key=" + certificates.path("admin.key"),
        "--kubelet-preferred-address-types=InternalIP",
        "--allow-privileged=true");
  }

  public void startControllers() {
    start(
        "kube-controller-manager",
        Map.of(),
        "--kubeconfig=" + kubeconfig,
        "--authentication-kubeconfig=" + kubeconfig,
        "--authorization-kubeconfig=" + kubeconfig,
        "--bind-address=127.0.0.1",
        "--secure-port=" + spec.port(10257),
        "--controllers=*,-nodeipam,-cloud-node-lifecycle",
        "--use-service-account-credentials",
        "--service-account-private-key-file=" + certificates.path("account.key"),
        "--root-ca-file=" + certificates.path("ca.crt"),
        "--leader-elect=false",
        "--kube-api-qps=400",
        "--kube-api-burst=600");
    start(
        "kube-scheduler",
        Map.of(),
        "--kubeconfig=" + kubeconfig,
        "--authentication-kubeconfig=" + kubeconfig,
        "--authorization-kubeconfig=" + kubeconfig,
        "--bind-address=127.0.0.1",
        "--secure-port=" + spec.port(10259),
        "--leader-elect=false",
        "--kube-api-qps=400",
        "--kube-api-burst=600");
  }

  /**
   * kwok keeps the nodes alive and serves logs and port-forwards; there is no Stage for pods, the
   * node agent plays them.
   */
  public void startKwok() {
    start(
        "kwok",
        Map.of(),
        "--kubeconfig=" + kubeconfig,
        "--manage-all-nodes",
        "--node-ip=" + spec.nodeAddress(0),
        "--node-port=" + spec.port(10250),
        "--server-address=0.0.0.0:" + spec.port(10250),
        "--tls-cert-file=" + certificates.path("server.crt"),
        "--tls-private-key-file=" + certificates.path("server.key"),
        "--node-lease-duration-seconds=40",
        "--enable-crds=Stage,Logs,ClusterLogs,Exec,ClusterExec,PortForward,ClusterPortForward");
  }

  /**
   * The metadata-exchange and ALPN filters exist only in Istio's own build of Envoy, so they are
   * switched off.
   */
  public void startIstiod() {
    Map<String, String> environment =
        Map.of(
            "PILOT_ENABLE_METADATA_EXCHANGE", "false",
            "PILOT_ENABLE_ALPN_FILTER", "false",
            "POD_NAMESPACE", "istio-system",
            "POD_NAME", "istiod",
            "REVISION", "default",
            "CLUSTER_ID", spec.name(),
            "INJECTION_WEBHOOK_CONFIG_NAME", "",
            "VALIDATION_WEBHOOK_CONFIG_NAME", "");
    start(
        "pilot-discovery",
        environment,
        "discovery",
        "--monitoringAddr=127.0.0.1:" + spec.port(15014),
        "--httpAddr=127.0.0.1:" + spec.port(8080),
        "--grpcAddr=127.0.0.1:" + spec.port(15010),
        "--secureGRPCAddr=127.0.0.1:" + spec.port(15012),
        "--httpsAddr=127.0.0.1:" + spec.port(15017),
        "--ctrlz_port=0",
        "--domain=cluster.local",
        "--kubeconfig=" + kubeconfig);
  }

  /** Ends one part as a machine would that loses its power. */
  public void stop(String part) {
    Process process = running.remove(part);
    if (process == null) {
      throw new IllegalStateException(part + " does not run");
    }
    process.destroyForcibly().onExit().join();
  }

  /** The parts that ended although nobody stopped them. */
  public List<String> dead() {
    return running.entrySet().stream()
        .filter(part -> !part.getValue().isAlive())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Where a part's output goes. */
  public Path log(String part) {
    return children.log(spec.name() + "-" + part);
  }

  private void start(String part, Map<String, String> environment, String... arguments) {
    List<String> command = new java.util.ArrayList<>(List.of(parts.program(part)));
    command.addAll(List.of(arguments));
    running.put(part, children.start(spec.name() + "-" + part, environment, command));
  }
}

package dev.upstream.lab;

import dev.upstream.lab.control.Certificates;
import dev.upstream.lab.control.Children;
import dev.upstream.lab.control.ClusterSpec;
import dev.upstream.lab.control.ControlPlane;
import dev.upstream.lab.control.Kubeconfig;
import dev.upstream.lab.control.Parts;
import dev.upstream.lab.node.EnvoyProxy;
import dev.upstream.lab.node.EventRecorder;
import dev.upstream.lab.node.Machine;
import dev.upstream.lab.node.NodeAgent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A running cluster, and what a test does to it. */
public final class LabCluster implements AutoCloseable {
  private static final Path RESOURCES =
      Path.of(System.getProperty("lab.resources", "src/lab/resources"));
  private final ClusterSpec spec;
  private final Path work;
  private final ControlPlane plane;
  private final KubernetesClient client;
  private final ScheduledExecutorService clock;
  private final NodeAgent agent;
  private final Accounts accounts;
  private final LabStart start;
  private volatile Optional<String> gateway = Optional.empty();

  private LabCluster(ClusterSpec spec, Parts parts, Children children, Path work)
      throws IOException {
    this.spec = spec;
    this.work = Files.createDirectories(work);
    Certificates certificates = Certificates.issue(work, spec);
    Kubeconfig kubeconfig = new Kubeconfig(spec, certificates);
    Path admin = kubeconfig.admin(kubeconfig());
    plane = new ControlPlane(spec, parts, children, certificates, admin, work);
    plane.startEtcd();
    plane.startApiServer();
    client =
        new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(admin.toFile())).build();
    accounts = new Accounts(client, kubeconfig, certificates, work);
    start = new LabStart(spec, parts, plane, client);
    start.bringUp(RESOURCES.resolve("base"));
    clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("clock").factory());
    agent =
        new NodeAgent(
            new Machine(
                spec,
                client,
                children,
                parts,
                work,
                plane.log("pilot-discovery"),
                clock,
                new EventRecorder(client),
                new AtomicInteger(),
                ConcurrentHashMap.newKeySet()));
  }

  static LabCluster start(ClusterSpec spec, Parts parts, Children children, Path work) {
    try {
      return new LabCluster(spec, parts, children, work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return spec.name();
  }

  /** The administrator's kubeconfig, whose context is named like the cluster. */
  public Path kubeconfig() {
    return work.resolve("kubeconfig");
  }

  /** A client with every right. */
  public KubernetesClient client() {
    return client;
  }

  /** Applies a file or a folder of manifests. */
  public List<HasMetadata> apply(Path path) {
    return new Manifests(client).apply(path);
  }

  /** Applies manifests given as text. */
  public List<HasMetadata> apply(String yaml) {
    return new Manifests(client).apply(yaml);
  }

  /** Applies a folder of the lab's own resources. */
  public List<HasMetadata> applyScenario(String name) {
    return apply(RESOURCES.resolve(name));
  }

  /** Lets objects look as if they had been applied so long ago. */
  public void age(List<HasMetadata> objects, Duration age) {
    new Ageing(client).of(objects, age);
  }

  /** Adds a machine that takes no pod but those that name it or tolerate everything. */
  public void addNode(String name) {
    start.node(
        name, new TaintBuilder().withKey("lab.upstream.dev/own").withEffect("NoSchedule").build());
  }

  /** Deletes a namespace and waits until nothing of it is left. */
  public void deleteNamespace(String namespace) {
    client.namespaces().withName(namespace).delete();
    await("namespace " + namespace + " to be gone")
        .until(() -> client.namespaces().withName(namespace).get() == null);
  }

  /** Waits until every Deployment of the namespace is as ready as it wants to be. */
  public void waitReady(String namespace) {
    await("the deployments of " + namespace)
        .until(
            () ->
                client.apps().deployments().inNamespace(namespace).list().getItems().stream()
                    .allMatch(
                        one ->
                            one.getMetadata()
                                    .getGeneration()
                                    .equals(one.getStatus().getObservedGeneration())
                                && one.getSpec().getReplicas()
                                    == count(one.getStatus().getReadyReplicas())
                                && one.getSpec().getReplicas()
                                    == count(one.getStatus().getReplicas())));
  }

  @SuppressWarnings("NullAway") // the model leaves a zero out
  private static int count(Integer replicas) {
    return replicas == null ? 0 : replicas;
  }

  /** The pods of a namespace with that label, oldest first. */
  public List<Pod> pods(String namespace, String label, String value) {
    return client.pods().inNamespace(namespace).withLabel(label, value).list().getItems();
  }

  /** The address that clients outside use: the ingress gateway's load balancer. */
  public String gatewayAddress() {
    if (gateway.isEmpty()) {
      gateway =
          await("the address of the ingress gateway")
              .until(this::assignedAddress, Optional::isPresent);
    }
    return gateway.orElseThrow();
  }

  private Optional<String> assignedAddress() {
    return client
        .services()
        .inNamespace("istio-system")
        .withName("istio-ingressgateway")
        .get()
        .getStatus()
        .getLoadBalancer()
        .getIngress()
        .stream()
        .map(LoadBalancerIngress::getIp)
        .findFirst();
  }

  /** One request through the ingress gateway. */
  public Answer request(String host, String path, Map<String, String> headers) {
    return new Requests(gatewayAddress()).send(host, path, headers);
  }

  /** So many requests through the ingress gateway, counted by status. */
  public Map<Integer, Integer> requests(int count, String host, String path) {
    return new Requests(gatewayAddress()).send(count, host, path);
  }

  /**
   * One request of the application beside a pod's sidecar, through the outbound listener that the
   * Envoy has for that port.
   */
  public Answer requestFrom(Pod client, String host, int port) {
    return Answer.parse(proxy(client).client().get(port, host, 1).getFirst());
  }

  /** So many requests of the application beside a pod's sidecar, counted by status. */
  public Map<Integer, Integer> requestsFrom(Pod client, int count, String host, int port) {
    Map<Integer, Integer> byStatus = new TreeMap<>();
    for (String answer : proxy(client).client().get(port, host, count)) {
      byStatus.merge(Answer.parse(answer).status(), 1, Integer::sum);
    }
    return byStatus;
  }

  /** The log of the Envoy in a pod, read as anyone with rights would. */
  public String envoyLog(Pod pod) {
    return log(pod, "istio-proxy");
  }

  /** The log of a container; kwok hears of a new pod's log a moment after the pod. */
  public String log(Pod pod, String container) {
    return await("the log of " + pod.getMetadata().getName())
        .ignoreException(KubernetesClientException.class)
        .until(() -> client.pods().resource(pod).inContainer(container).getLog(), log -> true);
  }

  /** The pod of the ingress gateway. */
  public Pod gatewayPod() {
    return pods("istio-system", "istio", "ingressgateway").getFirst();
  }

  /** Changes how a pod's backend answers by its lab annotations, e.g. "status" to "503". */
  public void behave(Pod pod, String annotation, String value) {
    client
        .pods()
        .resource(pod)
        .edit(
            now ->
                new PodBuilder(now)
                    .editMetadata()
                    .addToAnnotations("lab.upstream.dev/" + annotation, value)
                    .endMetadata()
                    .build());
  }

  /** Cuts the pod's Envoy from istiod; it keeps what it has. */
  public void cutFromIstiod(Pod pod) {
    proxy(pod).cut();
  }

  /** Lets the pod's Envoy reach istiod again. */
  public void mendToIstiod(Pod pod) {
    proxy(pod).mend();
  }

  private EnvoyProxy proxy(Pod pod) {
    return agent
        .proxy(pod)
        .orElseThrow(
            () -> new IllegalArgumentException(pod.getMetadata().getName() + " carries no proxy"));
  }

  public void stopApiServer() {
    plane.stop("kube-apiserver");
  }

  public void startApiServer() {
    plane.startApiServer();
    start.awaitApiServer();
  }

  public void stopIstiod() {
    plane.stop("pilot-discovery");
  }

  public void startIstiod() {
    plane.startIstiod();
  }

  /** The kubeconfig of a new service account that may do just that, everywhere in the cluster. */
  public Path serviceAccountKubeconfig(String account, List<PolicyRule> rules) {
    return accounts.kubeconfig(account, rules);
  }

  /** A kubeconfig with a token whose time is over. */
  public Path expiredTokenKubeconfig() {
    return accounts.expired();
  }

  private static org.awaitility.core.ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200));
  }

  @Override
  public void close() {
    agent.close();
    clock.shutdownNow();
    client.close();
  }
}

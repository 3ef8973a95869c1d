package dev.upstream.lab;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * The Ingress edge of a lab cluster: ingress-nginx's objects, with a real nginx behind its pods.
 */
public final class IngressEdge {
  public static final String NAMESPACE = "ingress-nginx";
  private final LabCluster cluster;

  private IngressEdge(LabCluster cluster) {
    this.cluster = cluster;
  }

  /** Installs it, as often as one likes, and waits until it is ready. */
  public static IngressEdge in(LabCluster cluster) {
    cluster.applyScenario("ingress");
    cluster.waitReady(NAMESPACE);
    return new IngressEdge(cluster);
  }

  /** The address that clients outside use. */
  public String address() {
    return Awaitility.await("the address of ingress-nginx")
        .atMost(Duration.ofSeconds(60))
        .until(this::assigned, Optional::isPresent)
        .orElseThrow();
  }

  private Optional<String> assigned() {
    return cluster
        .client()
        .services()
        .inNamespace(NAMESPACE)
        .withName("ingress-nginx-controller")
        .get()
        .getStatus()
        .getLoadBalancer()
        .getIngress()
        .stream()
        .map(LoadBalancerIngress::getIp)
        .findFirst();
  }

  /** One request through the Ingress controller. */
  public Answer request(String host, String path) {
    return new Requests(address()).send(host, path, Map.of());
  }

  /** One request to a certain pod of the controller, past the load balancer. */
  public Answer request(Pod controller, String host, String path) {
    return new Requests(controller.getStatus().getPodIP()).send(host, path, Map.of());
  }

  /** So many requests, counted by status. */
  public Map<Integer, Integer> requests(int count, String host, String path) {
    return new Requests(address()).send(count, host, path);
  }

  public List<Pod> pods() {
    return cluster.pods(NAMESPACE, "app.kubernetes.io/name", "ingress-nginx");
  }

  /** The logs of all its pods. */
  public String log() {
    return pods().stream()
        .map(pod -> cluster.log(pod, "controller"))
        .collect(Collectors.joining("\n"));
  }

  public void scale(int replicas) {
    cluster
        .client()
        .apps()
        .deployments()
        .inNamespace(NAMESPACE)
        .withName("ingress-nginx-controller")
        .scale(replicas);
  }
}

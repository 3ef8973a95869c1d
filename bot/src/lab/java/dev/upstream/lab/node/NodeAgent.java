package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches the pods of one cluster and makes the data plane follow, so that a scenario is nothing
 * but manifests.
 */
public final class NodeAgent implements AutoCloseable {
  private final Machine machine;
  private final Map<String, PodRun> runs = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Pod> pods;
  private final LoadBalancers loadBalancers;
  private final StandIns standIns;

  public NodeAgent(Machine machine) {
    this.machine = machine;
    standIns = new StandIns(machine);
    loadBalancers = new LoadBalancers(machine);
    pods = machine.client().pods().inAnyNamespace().inform(new Handler());
  }

  /** The Envoy of a pod, if it carries one. */
  public Optional<EnvoyProxy> proxy(Pod pod) {
    return Optional.ofNullable(runs.get(pod.getMetadata().getUid())).flatMap(PodRun::proxy);
  }

  private void take(Pod pod) {
    if (Optional.ofNullable(pod.getSpec().getNodeName()).isEmpty()) {
      return;
    }
    if (StandIns.is(pod)) {
      standIns.take(pod);
      return;
    }
    PodRun known = runs.get(pod.getMetadata().getUid());
    if (known == null) {
      known = new PodRun(machine, pod);
      runs.put(pod.getMetadata().getUid(), known);
    }
    known.observe(pod);
  }

  @Override
  public void close() {
    pods.close();
    standIns.close();
    loadBalancers.close();
    runs.values().forEach(PodRun::close);
  }

  private final class Handler implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      take(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      take(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean unknown) {
      Optional.ofNullable(runs.remove(pod.getMetadata().getUid())).ifPresent(PodRun::gone);
    }
  }
}

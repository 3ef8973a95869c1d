package dev.upstream.lab.node;

import dev.upstream.lab.node.PodStatusPatch.Phase;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pods that only fill a cluster: the API server hears that they are ready, each at an address of
 * its own, and nothing runs behind them.
 */
final class StandIns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StandIns.class);
  private static final int WORKERS = 16;
  private static final int GONE = 404;

  private final Machine machine;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(WORKERS, Thread.ofVirtual().name("stand-in ", 0).factory());

  StandIns(Machine machine) {
    this.machine = machine;
  }

  static boolean is(Pod pod) {
    Map<String, String> annotations =
        Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
    return Behaviour.get(annotations, "stand-in").filter("true"::equals).isPresent();
  }

  void take(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      work(pod, () -> machine.client().pods().resource(pod).withGracePeriod(0).delete());
    } else if (told.add(pod.getMetadata().getUid())) {
      work(pod, () -> ready(pod));
    }
  }

  private void ready(Pod pod) {
    List<ContainerRun> runs =
        pod.getSpec().getContainers().stream()
            .map(container -> new ContainerRun(container, pod.getMetadata().getUid()))
            .toList();
    for (ContainerRun run : runs) {
      run.run();
      run.ready(true);
    }
    String status =
        new PodStatusPatch()
            .of(
                pod,
                Phase.of("Running"),
                machine.nextAddress(),
                machine.spec().nodeAddress(0),
                runs);
    machine
        .client()
        .pods()
        .resource(pod)
        .subresource("status")
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), status);
  }

  private void work(Pod pod, Runnable task) {
    workers.execute(
        () -> {
          try {
            task.run();
          } catch (KubernetesClientException e) {
            if (e.getCode() != GONE) {
              told.remove(pod.getMetadata().getUid()); // the next word about it tries again
              LOG.warn("stand-in {}: {}", pod.getMetadata().getName(), e.getMessage());
            }
          }
        });
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}

package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod of config/node-facts.yml: the very script of its ConfigMap runs in the lab's network, and
 * its output is the pod's log.
 */
final class NodeFactsReader implements AutoCloseable {
  private static final String SCRIPT = "node-facts.sh";
  private final Process process;

  NodeFactsReader(Machine machine, Pod pod, PodLogs logs) {
    ConfigMap config =
        machine
            .client()
            .configMaps()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getSpec().getVolumes().getFirst().getConfigMap().getName())
            .require();
    try {
      Path folder =
          Files.createDirectories(machine.folder().resolve("facts-" + pod.getMetadata().getUid()));
      Path script =
          Files.writeString(folder.resolve(SCRIPT), config.getData().getOrDefault(SCRIPT, ""));
      process = machine.children().piped(List.of("env", "INTERVAL=5", "sh", script.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CriLog log = logs.of(pod.getSpec().getContainers().getFirst().getName());
    log.follow("stdout", process.inputReader());
    log.follow("stderr", process.errorReader());
  }

  static boolean carries(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels())
        .orElse(Map.of())
        .getOrDefault("app.kubernetes.io/name", "")
        .equals("upstream-node-facts");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logs of a pod's containers, and what keeps them growing. */
final class PodLogs {
  private final Machine machine;
  private final Map<String, CriLog> logs = new LinkedHashMap<>();
  private final List<Process> followers = new ArrayList<>();
  private final Path folder;

  PodLogs(Machine machine, Pod pod) {
    this.machine = machine;
    folder = machine.folder().resolve("pods").resolve(pod.getMetadata().getUid());
  }

  CriLog of(String container) {
    return logs.computeIfAbsent(container, name -> new CriLog(folder.resolve(name + ".log")));
  }

  /** Writes a line, where the container has a log. */
  void line(String container, String line) {
    Optional.ofNullable(logs.get(container)).ifPresent(log -> log.stdout(line));
  }

  /** Lets a log grow with a file that somebody else writes. */
  void follow(String container, Path file) {
    Process tail = machine.children().piped(List.of("tail", "-n", "+1", "-F", file.toString()));
    followers.add(tail);
    of(container).follow("stderr", tail.inputReader());
  }

  /**
   * Makes what is there readable through the API server; a container that crashed has it as its
   * previous log too.
   */
  void serve(Pod pod) {
    if (!logs.isEmpty()) {
      Map<String, Path> files = new LinkedHashMap<>();
      logs.forEach((container, log) -> files.put(container, log.file()));
      KwokObjects.logs(machine.client(), pod, files);
    }
  }

  void close() {
    followers.forEach(Process::destroyForcibly);
  }
}

package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;

/** What a container knows of the pod around it. */
interface PodScope {
  Machine machine();

  Pod pod();

  Behaviour behaviour();

  String address();

  boolean ended();

  /** Runs it on the pod's own thread. */
  void post(Runnable task);

  void postAfter(Duration delay, Runnable task);

  /** Tells the API server what has changed. */
  void publish();

  /** Writes to the container's log, where it has one. */
  void log(String container, String line);
}

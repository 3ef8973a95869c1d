package dev.upstream.snapshot;

import java.util.Map;
import java.util.Optional;

/** A Deployment, StatefulSet, DaemonSet, ReplicaSet or Rollout: something that makes pods. */
public record Workload(Resource raw) {
  public ObjectRef ref() {
    return raw.ref();
  }

  public String namespace() {
    return raw.namespace();
  }

  public Map<String, String> templateLabels() {
    return raw.at("spec", "template", "metadata").textMap("labels");
  }

  /** A pod as this would make it, named like the workload; it has no status. */
  public Pod template() {
    Fields template = raw.at("spec", "template");
    return new Pod(
        new Resource(
            Kind.POD,
            Map.of(
                "metadata",
                Map.of("name", raw.name(), "namespace", namespace(), "labels", templateLabels()),
                "spec",
                template.at("spec").tree())));
  }

  /** The wished number of pods; unset means one; empty for a DaemonSet, which has none. */
  public Optional<Integer> replicas() {
    return raw.kind() == Kind.DAEMON_SET
        ? Optional.empty()
        : Optional.of(raw.at("spec").number("replicas").orElse(1));
  }

  public boolean owned() {
    return raw.at("metadata").list("ownerReferences").stream().anyMatch(o -> o.flag("controller"));
  }
}

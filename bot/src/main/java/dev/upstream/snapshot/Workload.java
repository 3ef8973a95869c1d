package dev.upstream.snapshot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Deployment, StatefulSet, DaemonSet, ReplicaSet, Rollout or Job: something that makes pods. */
public record Workload(Resource raw) {
  public ObjectRef ref() {
    return raw.ref();
  }

  public String namespace() {
    return raw.namespace();
  }

  /**
   * Whether its pods may carry all of a selector, whatever its replica count (RULES.md R11). Labels
   * that only controllers set stand in no template.
   */
  public boolean makes(Map<String, String> selector) {
    Map<String, String> own = templateLabels();
    return !selector.isEmpty()
        && selector.entrySet().stream()
            .allMatch(
                e -> e.getValue().equals(own.get(e.getKey())) || sets(e.getKey(), e.getValue()));
  }

  /** What the controllers of this kind add to each pod (k8s.io/kubernetes pkg/controller). */
  private boolean sets(String label, String value) {
    return switch (label) {
      case "pod-template-hash" -> raw.kind() == Kind.DEPLOYMENT || raw.kind() == Kind.REPLICA_SET;
      case "rollouts-pod-template-hash" -> raw.kind() == Kind.ROLLOUT;
      case "controller-revision-hash" ->
          raw.kind() == Kind.STATEFUL_SET || raw.kind() == Kind.DAEMON_SET;
      case "statefulset.kubernetes.io/pod-name" ->
          raw.kind() == Kind.STATEFUL_SET && value.matches(Pattern.quote(raw.name()) + "-\\d+");
      case "apps.kubernetes.io/pod-index" -> raw.kind() == Kind.STATEFUL_SET;
      case "job-name", "controller-uid" -> raw.kind() == Kind.JOB;
      default -> label.startsWith("batch.kubernetes.io/") && raw.kind() == Kind.JOB;
    };
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

  /** The wished number of pods; unset means one; empty for a DaemonSet or Job, which has none. */
  public Optional<Integer> replicas() {
    return raw.kind() == Kind.DAEMON_SET || raw.kind() == Kind.JOB
        ? Optional.empty()
        : Optional.of(raw.at("spec").number("replicas").orElse(1));
  }

  /** The Deployment whose template an Argo Rollout uses for its own pods (its workloadRef). */
  Optional<String> borrowsFrom() {
    return raw.kind() == Kind.ROLLOUT
        ? raw.at("spec", "workloadRef")
            .text("name")
            .filter(n -> raw.at("spec").string("workloadRef", "kind").equals("Deployment"))
        : Optional.empty();
  }

  /** This with another one's template. */
  Workload borrowing(Workload lender) {
    Map<String, Object> spec = new LinkedHashMap<>(raw.at("spec").tree());
    spec.put("template", lender.raw.at("spec", "template").tree());
    Map<String, Object> tree = new LinkedHashMap<>(raw.tree());
    tree.put("spec", spec);
    return new Workload(new Resource(raw.kind(), tree));
  }

  public boolean owned() {
    return raw.at("metadata").list("ownerReferences").stream().anyMatch(o -> o.flag("controller"));
  }
}

package dev.upstream.snapshot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod, as its status tells (k8s.io/api/core/v1 types.go). */
public record Pod(Resource raw) {
  public ObjectRef ref() {
    return raw.ref();
  }

  public String name() {
    return raw.name();
  }

  public String namespace() {
    return raw.namespace();
  }

  public Map<String, String> labels() {
    return raw.labels();
  }

  public Optional<String> ip() {
    return raw.at("status").text("podIP");
  }

  public Optional<String> node() {
    return raw.at("spec").text("nodeName");
  }

  public String phase() {
    return raw.at("status").string("phase");
  }

  public boolean terminating() {
    return raw.at("metadata", "deletionTimestamp").present();
  }

  /** Finished pods are no endpoints and never come back. */
  public boolean ended() {
    return phase().equals("Succeeded") || phase().equals("Failed");
  }

  public boolean ready() {
    return condition("Ready").map(c -> c.string("status").equals("True")).orElse(false);
  }

  public Optional<Instant> readyChangedAt() {
    return condition("Ready").flatMap(c -> c.time("lastTransitionTime"));
  }

  public Optional<Fields> condition(String type) {
    return raw.at("status").list("conditions").stream()
        .filter(c -> c.string("type").equals(type))
        .findFirst();
  }

  /** Application containers and restartable init containers, which serve beside them. */
  public List<Container> containers() {
    List<Container> all = new ArrayList<>();
    for (Fields c : raw.at("spec").list("containers")) {
      all.add(new Container(c, status("containerStatuses", c.string("name"))));
    }
    for (Fields c : raw.at("spec").list("initContainers")) {
      if (c.string("restartPolicy").equals("Always")) {
        all.add(new Container(c, status("initContainerStatuses", c.string("name"))));
      }
    }
    return all;
  }

  /** Init containers that run to their end, one after the other, before the others start. */
  public List<Container> initContainers() {
    return raw.at("spec").list("initContainers").stream()
        .filter(c -> !c.string("restartPolicy").equals("Always"))
        .map(c -> new Container(c, status("initContainerStatuses", c.string("name"))))
        .toList();
  }

  private Fields status(String list, String name) {
    return raw.at("status").list(list).stream()
        .filter(s -> s.string("name").equals(name))
        .findFirst()
        .orElse(Fields.of(null));
  }

  /** The number behind a port name, if a container declares it with this protocol. */
  public Optional<Integer> portNamed(String name, String protocol) {
    return containers().stream()
        .flatMap(c -> c.ports().stream())
        .filter(p -> p.name().equals(name) && p.protocol().equals(protocol))
        .map(Container.Port::number)
        .findFirst();
  }

  /** Whether an Envoy of the mesh runs in the pod, as sidecar or gateway. */
  public boolean hasProxy() {
    return containers().stream().anyMatch(Container::meshProxy);
  }
}

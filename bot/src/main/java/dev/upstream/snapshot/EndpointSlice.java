package dev.upstream.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of a Service's endpoints (k8s.io/api/discovery/v1). */
public record EndpointSlice(Resource raw) {
  /**
   * @param ready unset counts as ready, as consumers must treat it
   * @param serving whether it would answer, ready or ending; unset means as ready as it is
   * @param pod the name of the pod behind the address, when the controller wrote it
   */
  public record Endpoint(
      List<String> addresses,
      boolean ready,
      boolean serving,
      boolean terminating,
      Optional<String> pod) {}

  public List<Endpoint> endpoints() {
    return raw.fields().list("endpoints").stream()
        .map(
            e ->
                new Endpoint(
                    e.texts("addresses"),
                    e.text("conditions", "ready").map(Boolean::parseBoolean).orElse(true),
                    e.text("conditions", "serving")
                        .or(() -> e.text("conditions", "ready"))
                        .map(Boolean::parseBoolean)
                        .orElse(true),
                    e.flag("conditions", "terminating"),
                    e.string("targetRef", "kind").equals("Pod")
                        ? e.text("targetRef", "name")
                        : Optional.empty()))
        .toList();
  }

  /** Port numbers by port name; the unnamed port's name is empty. */
  public Map<String, Integer> ports() {
    Map<String, Integer> ports = new java.util.TreeMap<>();
    for (Fields p : raw.fields().list("ports")) {
      p.number("port").ifPresent(n -> ports.put(p.string("name"), n));
    }
    return ports;
  }
}

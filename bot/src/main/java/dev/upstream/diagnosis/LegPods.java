package dev.upstream.diagnosis;

import dev.upstream.path.Backend;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.EndpointSlice;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pods behind a leg that leads to a Service; nothing where it leads elsewhere.
 *
 * @param selected pods that the Service selects, finished ones left out
 * @param chosen those of them that the leg's subset chooses
 * @param readyOfService addresses that the EndpointSlices call ready, for the leg's port
 * @param readyOfLeg those of them that the leg's subset chooses
 * @param ending addresses that end and still serve: kube-proxy falls back to them when none is
 *     ready (pkg/proxy/topology.go), Envoy and ingress-nginx do not
 * @param readyPods how many pods the leg's ready addresses belong to; one has an address of each
 *     family
 */
public record LegPods(
    Optional<Service> service,
    List<Pod> selected,
    List<Pod> chosen,
    Set<String> readyOfService,
    Set<String> readyOfLeg,
    Set<String> ending,
    int readyPods) {
  private static final LegPods NONE =
      new LegPods(Optional.empty(), List.of(), List.of(), Set.of(), Set.of(), Set.of(), 0);

  static LegPods of(Objects objects, Leg leg) {
    if (!(leg.backend() instanceof Backend.KubernetesService backend)) {
      return NONE;
    }
    Service service = backend.service();
    List<Pod> selected =
        objects.pods(service.namespace(), service.selector()).stream()
            .filter(p -> !p.ended())
            .toList();
    Map<String, String> subset = leg.subsetLabels().orElse(Map.of());
    List<Pod> chosen = selected.stream().filter(p -> Selectors.holds(subset, p.labels())).toList();
    Set<String> ready = new HashSet<>();
    Set<String> readyChosen = new HashSet<>();
    Set<String> ending = new HashSet<>();
    Set<String> pods = new HashSet<>();
    for (EndpointSlice slice : objects.endpointSlicesOf(service)) {
      if (!slice.ports().containsKey(backend.port().name())) {
        continue;
      }
      for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
        if (endpoint.serving() && endpoint.terminating()) {
          ending.addAll(endpoint.addresses());
        }
        if (endpoint.ready() && !endpoint.terminating()) {
          ready.addAll(endpoint.addresses());
          boolean inSubset =
              subset.isEmpty()
                  || endpoint
                      .pod()
                      .flatMap(n -> objects.pod(service.namespace(), n))
                      .map(p -> Selectors.holds(subset, p.labels()))
                      .orElse(false);
          if (inSubset) {
            readyChosen.addAll(endpoint.addresses());
            pods.add(endpoint.pod().orElse(String.join(",", endpoint.addresses())));
          }
        }
      }
    }
    return new LegPods(
        Optional.of(service), selected, chosen, ready, readyChosen, ending, pods.size());
  }

  /** The leg's pods that should serve and do not. */
  public List<Pod> notReady() {
    return chosen.stream().filter(p -> !p.ready() && !p.terminating()).toList();
  }

  /** Whether kube-proxy sends requests to endpoints that end, having no other. */
  public boolean lastResort() {
    return readyOfService.isEmpty() && !ending.isEmpty();
  }

  public boolean anyReady() {
    return chosen.stream().anyMatch(Pod::ready);
  }

  /** Pods by the workload that owns them; a pod without one stands for itself. */
  public static Map<dev.upstream.snapshot.ObjectRef, List<Pod>> byOwner(
      Objects objects, List<Pod> pods) {
    Map<dev.upstream.snapshot.ObjectRef, List<Pod>> owners = new LinkedHashMap<>();
    for (Pod pod : pods) {
      owners
          .computeIfAbsent(
              objects.ownerOf(pod).map(Workload::ref).orElse(pod.ref()), k -> new ArrayList<>())
          .add(pod);
    }
    return owners;
  }

  /** The kinds whose absence a statement about the leg's pods rests on. */
  public static final List<Kind> KINDS = List.of(Kind.POD, Kind.ENDPOINT_SLICE);
}

package dev.upstream.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A cluster's objects with the indexes that finding a path needs; equal when the objects are. */
public final class Objects {
  private final List<Resource> resources;
  private final Map<Kind, List<Resource>> byKind = new EnumMap<>(Kind.class);
  private final Map<ObjectRef, Resource> byRef = new TreeMap<>();
  private final Map<String, List<Resource>> byKindAndNamespace = new HashMap<>();
  private final Map<String, List<EndpointSlice>> slices = new HashMap<>();
  private final Map<String, List<Event>> events = new HashMap<>();

  /** Takes objects in any order; of two with the same identity the first one counts. */
  public Objects(Collection<Resource> unordered) {
    unordered.forEach(r -> byRef.putIfAbsent(r.ref(), r));
    resources = List.copyOf(byRef.values());
    for (Resource r : resources) {
      byKind.computeIfAbsent(r.kind(), k -> new ArrayList<>()).add(r);
      byKindAndNamespace
          .computeIfAbsent(r.kind() + "/" + r.namespace(), k -> new ArrayList<>())
          .add(r);
      if (r.kind() == Kind.ENDPOINT_SLICE) {
        String service = r.labels().getOrDefault("kubernetes.io/service-name", "");
        slices
            .computeIfAbsent(r.namespace() + "/" + service, k -> new ArrayList<>())
            .add(new EndpointSlice(r));
      }
      if (r.kind() == Kind.EVENT) {
        Event event = new Event(r);
        events.computeIfAbsent(event.involvedName(), k -> new ArrayList<>()).add(event);
      }
    }
  }

  /** Every object, ordered by kind, namespace and name. */
  public List<Resource> all() {
    return resources;
  }

  public List<Resource> all(Kind kind) {
    return byKind.getOrDefault(kind, List.of());
  }

  public List<Resource> in(Kind kind, String namespace) {
    return byKindAndNamespace.getOrDefault(kind + "/" + namespace, List.of());
  }

  public Optional<Resource> find(Kind kind, String namespace, String name) {
    return Optional.ofNullable(byRef.get(ObjectRef.of(kind, namespace, name)));
  }

  public List<Pod> pods(String namespace) {
    return in(Kind.POD, namespace).stream().map(Pod::new).toList();
  }

  public List<Pod> pods(String namespace, Map<String, String> selector) {
    return pods(namespace).stream().filter(p -> Selectors.matches(selector, p.labels())).toList();
  }

  public Optional<Pod> pod(String namespace, String name) {
    return find(Kind.POD, namespace, name).map(Pod::new);
  }

  public List<Service> services() {
    return all(Kind.SERVICE).stream().map(Service::new).toList();
  }

  public List<Service> services(String namespace) {
    return in(Kind.SERVICE, namespace).stream().map(Service::new).toList();
  }

  public Optional<Service> service(String namespace, String name) {
    return find(Kind.SERVICE, namespace, name).map(Service::new);
  }

  public List<EndpointSlice> endpointSlicesOf(Service service) {
    return slices.getOrDefault(service.namespace() + "/" + service.name(), List.of());
  }

  /**
   * The workloads of a namespace whose pods are made from a template, ReplicaSets' owners first. A
   * Deployment that is at zero because a Rollout uses its template is left to the Rollout.
   */
  public List<Workload> workloads(String namespace) {
    List<Workload> found = new ArrayList<>();
    Set<String> lent = new HashSet<>();
    for (Kind kind : Kind.values()) {
      if (kind.workload() && kind != Kind.JOB) {
        for (Resource resource : in(kind, namespace)) {
          Workload workload = new Workload(resource);
          Optional<Workload> lender =
              workload
                  .borrowsFrom()
                  .flatMap(n -> find(Kind.DEPLOYMENT, namespace, n))
                  .map(Workload::new);
          lender.filter(l -> l.replicas().orElse(1) == 0).ifPresent(l -> lent.add(l.ref().name()));
          found.add(lender.map(workload::borrowing).orElse(workload));
        }
      }
    }
    return found.stream()
        .filter(w -> !w.owned())
        .filter(w -> w.raw().kind() != Kind.DEPLOYMENT || !lent.contains(w.ref().name()))
        .toList();
  }

  /** The Jobs of a namespace; those that a CronJob makes come and go. */
  public List<Workload> jobs(String namespace) {
    return in(Kind.JOB, namespace).stream().map(Workload::new).toList();
  }

  /** The workload that a person would act on for this pod: the top of its owners that was read. */
  public Optional<Workload> ownerOf(Pod pod) {
    return controller(pod.raw()).flatMap(this::topOwner);
  }

  private Optional<Workload> topOwner(Resource owner) {
    Optional<Resource> above = controller(owner);
    return above.isPresent()
        ? topOwner(above.get())
        : owner.kind().workload() ? Optional.of(new Workload(owner)) : Optional.empty();
  }

  private Optional<Resource> controller(Resource owned) {
    return owned.at("metadata").list("ownerReferences").stream()
        .filter(o -> o.flag("controller"))
        .findFirst()
        .flatMap(
            o ->
                Kind.of(o.string("apiVersion"), o.string("kind"))
                    .flatMap(k -> find(k, owned.namespace(), o.string("name"))));
  }

  /** The events about an object, oldest first. */
  public List<Event> eventsOf(ObjectRef ref) {
    return events.getOrDefault(ref.name(), List.of()).stream()
        .filter(e -> e.about(ref))
        .sorted(Comparator.comparing(e -> e.lastSeen().orElse(java.time.Instant.MIN)))
        .toList();
  }

  /** Every address that belongs to a pod, a node or a Service. */
  public Set<String> addresses() {
    Set<String> found = new HashSet<>();
    for (Resource r : resources) {
      Fields status = r.at("status");
      switch (r.kind()) {
        case POD -> {
          status.list("podIPs").forEach(a -> found.add(a.string("ip")));
          status.list("hostIPs").forEach(a -> found.add(a.string("ip")));
          found.add(status.string("podIP"));
          found.add(status.string("hostIP"));
        }
        case NODE -> status.list("addresses").forEach(a -> found.add(a.string("address")));
        case SERVICE -> {
          found.add(r.at("spec").string("clusterIP"));
          found.addAll(r.at("spec").texts("clusterIPs"));
          found.addAll(new Service(r).outsideAddresses());
        }
        case ENDPOINT_SLICE ->
            r.fields().list("endpoints").forEach(e -> found.addAll(e.texts("addresses")));
        default -> {}
      }
    }
    found.remove("");
    return found;
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof Objects o && resources.equals(o.resources);
  }

  @Override
  public int hashCode() {
    return resources.hashCode();
  }
}

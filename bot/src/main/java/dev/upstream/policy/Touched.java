package dev.upstream.policy;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.path.Backend;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.ObjectRef;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where a diagnosis and its path lie.
 *
 * @param places of every object that they name
 * @param own where the target itself stands: the backends of the first legs, else what refuses the
 *     request, else the first hop
 * @param names of objects, to tell a namespace from an object that is named the same
 */
record Touched(
    SortedSet<Place> places, SortedSet<Place> own, Set<String> clusters, Set<Named> names) {

  /** An object's name and where it lies. */
  record Named(Place place, String name) {}

  Touched {
    places = Collections.unmodifiableSortedSet(new TreeSet<>(places));
    own = Collections.unmodifiableSortedSet(new TreeSet<>(own));
    clusters = Collections.unmodifiableSet(new TreeSet<>(clusters));
    names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  static Touched of(Diagnosis d) {
    Gathering all = new Gathering();
    d.hops().forEach(h -> all.object(h.hop().cluster(), h.hop().ref()));
    d.findings().forEach(f -> all.object(f.cluster(), f.subject()));
    d.changes().forEach(e -> all.object(e.cluster(), e.subject()));
    d.notChecked().stream().map(Gap::cluster).forEach(all.clusters::add);
    d.path().ifPresent(p -> path(p, all));
    return new Touched(all.places, own(d), all.clusters, all.names);
  }

  private static void path(RequestPath path, Gathering all) {
    path.hops().forEach(h -> all.object(h.cluster(), h.ref()));
    path.refusals().forEach(r -> all.object(r.cluster(), r.place().ref()));
    path.gaps().stream().map(Gap::cluster).forEach(all.clusters::add);
    for (Leg leg : path.legs()) {
      all.clusters.add(leg.cluster());
      leg.route().ifPresent(r -> all.object(leg.cluster(), r.ref()));
      leg.rule().ifPresent(r -> all.object(leg.cluster(), r.ref()));
      leg.caller().pods().forEach(p -> all.object(leg.cluster(), p));
      switch (leg.caller()) {
        case Caller.Mesh m -> all.object(leg.cluster(), m.subject());
        case Caller.IngressController c -> all.object(leg.cluster(), c.subject());
        case Caller.Plain p -> {}
      }
      backend(leg, all);
    }
  }

  private static void backend(Leg leg, Gathering all) {
    switch (leg.backend()) {
      case Backend.KubernetesService b -> all.object(leg.cluster(), b.service().ref());
      case Backend.MissingPort b -> all.object(leg.cluster(), b.service().ref());
      case Backend.MissingService b -> all.named(new Place(leg.cluster(), b.namespace()), b.name());
      case Backend.External b -> b.entries().forEach(e -> all.object(leg.cluster(), e.ref()));
      case Backend.OwnAnswer b -> leg.route().ifPresent(r -> all.object(leg.cluster(), r.ref()));
      case Backend.UnknownHost b -> leg.route().ifPresent(r -> all.object(leg.cluster(), r.ref()));
    }
  }

  private static SortedSet<Place> own(Diagnosis d) {
    Gathering own = new Gathering();
    d.path()
        .ifPresent(
            p -> {
              p.legs().stream().filter(l -> l.parent().isEmpty()).forEach(l -> backend(l, own));
              if (own.places.isEmpty()) {
                p.refusals().forEach(r -> own.object(r.cluster(), r.place().ref()));
              }
            });
    if (own.places.isEmpty()) {
      d.hops().stream().limit(1).forEach(h -> own.object(h.hop().cluster(), h.hop().ref()));
    }
    if (own.places.isEmpty()) {
      d.findings().stream().limit(1).forEach(f -> own.object(f.cluster(), f.subject()));
    }
    return own.places;
  }

  /** What is being gathered. */
  private static final class Gathering {
    private final SortedSet<Place> places = new TreeSet<>();
    private final Set<String> clusters = new TreeSet<>();
    private final Set<Named> names = new java.util.HashSet<>();

    void object(String cluster, ObjectRef ref) {
      named(Place.of(cluster, ref), ref.name());
    }

    void named(Place place, String name) {
      clusters.add(place.cluster());
      places.add(place);
      names.add(new Named(place, name));
    }
  }
}

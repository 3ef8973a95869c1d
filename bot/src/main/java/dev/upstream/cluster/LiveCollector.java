package dev.upstream.cluster;

import dev.upstream.answer.Collector;
import dev.upstream.path.Ask;
import dev.upstream.path.Backend;
import dev.upstream.path.Leg;
import dev.upstream.path.PathFinder;
import dev.upstream.path.RequestPath;
import dev.upstream.path.Resolution;
import dev.upstream.path.Scope;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import dev.upstream.target.Target;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads live clusters: routing objects first, then, path found, only what lies on it, again and
 * again until the path asks for nothing new.
 */
public final class LiveCollector implements Collector {
  private static final int ROUNDS = 8;

  private final Map<String, ClusterSource> sources = new LinkedHashMap<>();
  private final Clients clients = new Clients();
  private final Optional<String> defaultCluster;
  private final Limits limits;
  private final Clock clock;

  public LiveCollector(
      List<ClusterSource> sources, Optional<String> defaultCluster, Limits limits, Clock clock) {
    sources.forEach(s -> this.sources.put(s.name(), s));
    this.defaultCluster = defaultCluster;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public List<String> clusters() {
    return List.copyOf(sources.keySet());
  }

  @Override
  public Optional<String> defaultCluster() {
    return defaultCluster;
  }

  /** What there is to choose from in these clusters, over the same connections; closed first. */
  public ClusterDirectory directory() {
    return new ClusterDirectory(List.copyOf(sources.values()), clients, limits, clock);
  }

  @Override
  public Snapshot collect(Ask ask) {
    Map<String, Optional<ClusterReading>> readings = new LinkedHashMap<>();
    try {
      reading(readings, ask.cluster(), ask);
      boolean asksForMore = true;
      for (int round = 0; asksForMore && round < ROUNDS; round++) {
        asksForMore =
            switch (PathFinder.find(snapshot(readings), ask)) {
              case Resolution.Found f -> readMore(readings, f.paths(), f.scope(), ask);
              case Resolution.Unseen u -> readMore(readings, List.of(), u.scope(), ask);
              case Resolution.NotFound n -> false;
              case Resolution.NoSuchPort p -> false;
              case Resolution.Ambiguous a -> false;
            };
      }
      if (asksForMore) {
        readings.values().forEach(r -> r.ifPresent(ClusterReading::notToTheEnd));
      }
      return snapshot(readings);
    } finally {
      readings.values().forEach(r -> r.ifPresent(ClusterReading::close));
    }
  }

  private boolean readMore(
      Map<String, Optional<ClusterReading>> readings,
      List<RequestPath> paths,
      Scope scope,
      Ask ask) {
    boolean more = false;
    boolean outside =
        paths.stream()
            .flatMap(p -> p.legs().stream())
            .anyMatch(l -> l.backend() instanceof Backend.External);
    if (outside) {
      for (String other : sources.keySet()) {
        if (!readings.containsKey(other)) {
          reading(readings, other, ask);
          more = true;
        }
      }
    }
    for (Map.Entry<String, Scope.Part> part : scope.clusters().entrySet()) {
      Optional<ClusterReading> reading = readings.getOrDefault(part.getKey(), Optional.empty());
      if (reading.isPresent()) {
        more |=
            reading
                .get()
                .read(part.getValue(), hosts(paths, part.getKey()), callers(paths, part.getKey()));
      }
    }
    return more;
  }

  private void reading(Map<String, Optional<ClusterReading>> readings, String cluster, Ask ask) {
    ClusterSource source = java.util.Objects.requireNonNull(sources.get(cluster), cluster);
    Limits own = source.limits().orElse(limits);
    Optional<ClusterReading> reading =
        clients
            .of(source)
            .map(c -> new ClusterReading(source, c, own, clients.slots(source, own), clock));
    readings.put(cluster, reading);
    reading.ifPresent(r -> r.readRouting(ask.namespace().or(() -> namespace(ask.target()))));
  }

  private static Optional<String> namespace(Target target) {
    return switch (target) {
      case Target.ServiceName t -> t.namespace();
      case Target.PodName t -> t.namespace();
      case Target.IngressName t -> t.namespace();
      case Target.Everything t -> t.namespace();
      case Target.Host h -> Optional.empty();
      case Target.Url u -> Optional.empty();
      case Target.LogLine l -> Optional.empty();
    };
  }

  private static ClusterView unusable(ClusterSource source) {
    return ClusterView.unseen(
        source.name(),
        List.of(
            new Gap(
                source.name(),
                Source.OBJECTS,
                "* (the whole cluster)",
                Gap.Cause.UNREACHABLE,
                Clients.unusable(source),
                Clients.REPAIR)),
        source.reachedBy());
  }

  private Snapshot snapshot(Map<String, Optional<ClusterReading>> readings) {
    List<ClusterView> views = new ArrayList<>();
    readings.forEach(
        (name, reading) ->
            views.add(
                reading
                    .map(ClusterReading::view)
                    .orElseGet(
                        () -> unusable(java.util.Objects.requireNonNull(sources.get(name))))));
    return Snapshot.of(clock.instant(), views);
  }

  private static Set<String> hosts(List<RequestPath> paths, String cluster) {
    Set<String> hosts = new TreeSet<>();
    paths.stream()
        .flatMap(p -> p.legs().stream())
        .filter(l -> l.cluster().equals(cluster))
        .map(Leg::host)
        .forEach(hosts::add);
    return hosts;
  }

  private static Set<String> callers(List<RequestPath> paths, String cluster) {
    Set<String> callers = new TreeSet<>();
    paths.stream()
        .flatMap(p -> p.legs().stream())
        .filter(l -> l.cluster().equals(cluster))
        .flatMap(l -> l.caller().pods().stream())
        .map(p -> p.name() + "." + p.namespace())
        .forEach(callers::add);
    return callers;
  }

  @Override
  public void close() {
    clients.close();
  }
}

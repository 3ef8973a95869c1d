package dev.upstream.cluster;

import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The namespaces of one cluster and the Services in them, by name. What is read is there at once;
 * what a list that came to its end does not hold, and all of one that is refused, is forgotten.
 */
final class KnownNames implements AutoCloseable {
  private static final int NAMESPACES = 5_000;
  private static final int SERVICES = 50_000;
  private static final Duration REST = Duration.ofSeconds(60);
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,252}");

  private final ClusterSource source;
  private final Clients clients;
  private final Limits limits;
  private final InstantSource clock;
  private final Behind namespaceReading;
  private final Behind serviceReading;
  private volatile NavigableSet<String> namespaces = new ConcurrentSkipListSet<>();
  private volatile NavigableMap<String, NavigableSet<String>> services =
      new ConcurrentSkipListMap<>();

  KnownNames(ClusterSource source, Clients clients, Limits limits, InstantSource clock) {
    this.source = source;
    this.clients = clients;
    this.limits = limits;
    this.clock = clock;
    this.namespaceReading =
        new Behind("namespaces of " + source.name(), this::readNamespaces, REST, clock);
    this.serviceReading =
        new Behind("services of " + source.name(), this::readServices, REST, clock);
  }

  /** Starts what is to be read; over when each of it has been read once. */
  CompletableFuture<?> first() {
    return CompletableFuture.allOf(namespaceReading.first(), serviceReading.first());
  }

  /** Where namespaces may not be listed, those that hold a Service. */
  List<String> namespaces() {
    namespaceReading.start();
    NavigableSet<String> listed = namespaces;
    return List.copyOf(listed.isEmpty() ? services.keySet() : listed);
  }

  List<String> services(String namespace) {
    serviceReading.start();
    NavigableSet<String> found = services.get(namespace);
    return found == null ? List.of() : List.copyOf(found);
  }

  private void readNamespaces() {
    NavigableSet<String> found = new ConcurrentSkipListSet<>();
    Outcome outcome =
        walk(
            Kind.NAMESPACE,
            NAMESPACES,
            metadata -> {
              found.add(metadata.string("name"));
              namespaces.add(metadata.string("name"));
            });
    switch (outcome) {
      case WHOLE -> namespaces = found;
      case FORBIDDEN -> {
        namespaces = new ConcurrentSkipListSet<>();
        serviceReading.start().join();
      }
      case SHUT_OUT -> forget();
      case BROKEN -> {}
    }
  }

  private void readServices() {
    NavigableMap<String, NavigableSet<String>> found = new ConcurrentSkipListMap<>();
    Outcome outcome =
        walk(
            Kind.SERVICE,
            SERVICES,
            metadata -> {
              add(found, metadata);
              add(services, metadata);
            });
    switch (outcome) {
      case WHOLE -> services = found;
      case FORBIDDEN -> services = new ConcurrentSkipListMap<>();
      case SHUT_OUT -> forget();
      case BROKEN -> {}
    }
  }

  private void forget() {
    namespaces = new ConcurrentSkipListSet<>();
    services = new ConcurrentSkipListMap<>();
  }

  private static void add(Map<String, NavigableSet<String>> services, Fields metadata) {
    if (NAME.matcher(metadata.string("namespace")).matches()) {
      services
          .computeIfAbsent(metadata.string("namespace"), n -> new ConcurrentSkipListSet<>())
          .add(metadata.string("name"));
    }
  }

  private enum Outcome {
    WHOLE,
    FORBIDDEN,
    SHUT_OUT,
    BROKEN
  }

  /** Pages and objects are counted both: an API server need not keep to the size of a page. */
  private Outcome walk(Kind kind, int most, Consumer<Fields> metadata) {
    AtomicInteger taken = new AtomicInteger();
    Consumer<Fields> counted =
        m -> {
          if (NAME.matcher(m.string("name")).matches() && taken.getAndIncrement() < most) {
            metadata.accept(m);
          }
        };
    return clients
        .of(source)
        .map(
            client -> {
              try (Calls calls = new Calls(limits)) {
                ApiReader api = new ApiReader(source.name(), client, limits, calls, clock);
                return outcome(api.walk(kind, most / ApiPages.SIZE, counted));
              }
            })
        .orElse(Outcome.BROKEN);
  }

  private static Outcome outcome(Optional<ApiReader.Listed.Failed> failed) {
    return failed
        .map(f -> f.gap().cause())
        .map(
            cause ->
                cause == Gap.Cause.FORBIDDEN
                    ? Outcome.FORBIDDEN
                    : cause == Gap.Cause.UNAUTHORIZED ? Outcome.SHUT_OUT : Outcome.BROKEN)
        .orElse(Outcome.WHOLE);
  }

  @Override
  public void close() {
    namespaceReading.close();
    serviceReading.close();
  }
}

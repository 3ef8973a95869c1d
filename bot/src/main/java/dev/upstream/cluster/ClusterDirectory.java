package dev.upstream.cluster;

import dev.upstream.answer.ClusterStatus;
import dev.upstream.answer.Directory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What there is to choose from in live clusters. Nothing is asked of them that nobody wanted. */
public final class ClusterDirectory implements Directory, AutoCloseable {
  private static final Duration REST = Duration.ofSeconds(30);
  private static final Duration PATIENCE = StatusReader.DEADLINE.plusSeconds(1);

  private final Map<String, Known> clusters = new LinkedHashMap<>();

  ClusterDirectory(
      List<ClusterSource> sources, Clients clients, Limits limits, InstantSource clock) {
    for (ClusterSource source : sources) {
      clusters.put(
          source.name(),
          new Known(
              new KnownNames(source, clients, limits, clock),
              new KnownStatus(new StatusReader(source, clients, limits, clock), source, clock)));
    }
  }

  private record Known(KnownNames names, KnownStatus status) {}

  /** The last status that was read. */
  private static final class KnownStatus implements AutoCloseable {
    private final String cluster;
    private final Behind reading;
    private volatile Optional<ClusterStatus> last = Optional.empty();

    KnownStatus(StatusReader reader, ClusterSource source, InstantSource clock) {
      this.cluster = source.name();
      this.reading =
          new Behind(
              "status of " + source.name(), () -> last = Optional.of(reader.read()), REST, clock);
    }

    void start() {
      reading.start();
    }

    ClusterStatus get() {
      reading.await(PATIENCE);
      return last.orElseGet(
          () ->
              ClusterStatus.unseen(
                  cluster, "No answer in " + PATIENCE.toSeconds() + " s.", Optional.empty()));
    }

    @Override
    public void close() {
      reading.close();
    }
  }

  @Override
  public List<String> clusters() {
    return List.copyOf(clusters.keySet());
  }

  @Override
  public void ready(Collection<String> wanted, Duration most) {
    Behind.await(
        CompletableFuture.allOf(
            wanted.stream()
                .flatMap(c -> known(c).stream())
                .map(k -> k.names().first())
                .toArray(CompletableFuture<?>[]::new)),
        most);
  }

  @Override
  public List<String> namespaces(String cluster) {
    return known(cluster).map(k -> k.names().namespaces()).orElse(List.of());
  }

  @Override
  public List<String> services(String cluster, String namespace) {
    return known(cluster).map(k -> k.names().services(namespace)).orElse(List.of());
  }

  private Optional<Known> known(String cluster) {
    return Optional.ofNullable(clusters.get(cluster));
  }

  @Override
  public List<ClusterStatus> status() {
    clusters.values().forEach(k -> k.status().start());
    return clusters.values().stream().map(k -> k.status().get()).toList();
  }

  @Override
  public void close() {
    for (Known known : clusters.values()) {
      known.names().close();
      known.status().close();
    }
  }
}

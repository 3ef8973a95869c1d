package dev.upstream.lab;

import dev.upstream.lab.control.Children;
import dev.upstream.lab.control.ClusterSpec;
import dev.upstream.lab.control.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** One lab: up to two clusters in one network namespace, and the folder they work in. */
public final class Lab implements AutoCloseable {
  private final Parts parts = Parts.ofEnvironment();
  private final Path work;
  private final Children children;
  private final Map<ClusterSpec, LabCluster> clusters = new ConcurrentHashMap<>();
  private final Thread hook = new Thread(this::clean, "lab-end");

  public Lab() {
    try {
      work = Files.createTempDirectory("upstream-lab-");
      children = new Children(Files.createDirectories(work.resolve("logs")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The cluster in which most scenarios play; started at the first call. */
  public LabCluster east() {
    return cluster(ClusterSpec.EAST);
  }

  /** A second cluster with its own control plane; started at the first call. */
  public LabCluster west() {
    return cluster(ClusterSpec.WEST);
  }

  /** The cluster of a person, in east's place, with a context named lab. */
  LabCluster alone() {
    return cluster(ClusterSpec.LAB);
  }

  private LabCluster cluster(ClusterSpec spec) {
    return clusters.computeIfAbsent(
        spec, one -> LabCluster.start(one, parts, children, work.resolve(one.name())));
  }

  public Path work() {
    return work;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    clean();
  }

  private void clean() {
    clusters.values().forEach(LabCluster::close);
    children.close();
    if (Boolean.getBoolean("lab.keep")) {
      return;
    }
    try (Stream<Path> files = Files.walk(work)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

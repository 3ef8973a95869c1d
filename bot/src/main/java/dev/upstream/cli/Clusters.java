package dev.upstream.cli;

import dev.upstream.answer.Collector;
import dev.upstream.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where commands get clusters from, and where they put recordings. */
public interface Clusters {
  /** What has to be given back after use. */
  interface Open extends Collector, AutoCloseable {
    @Override
    void close();
  }

  /**
   * Live clusters: those of the settings and the contexts of the kubeconfig that were named, or
   * every context where there are no settings.
   *
   * @param named what {@code --cluster} says
   * @throws Refusal when there is neither
   */
  Open live(Optional<Path> kubeconfig, Optional<Path> config, List<String> named);

  /** A bundle or a directory of manifests. */
  Open recorded(Path bundle);

  /**
   * Before anything is collected: whether a bundle may be written there.
   *
   * @throws Refusal when something is there, its directory is not, or the form is unknown
   */
  void mayWrite(Path where);

  /** Writes a bundle: a directory, or .tgz by its name. */
  void save(Snapshot snapshot, String target, Path where);
}

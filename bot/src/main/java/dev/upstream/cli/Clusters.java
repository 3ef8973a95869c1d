package dev.upstream.cli;

import dev.upstream.answer.Collector;
import dev.upstream.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.Optional;

/** Where commands get clusters from, and where they put recordings. */
public interface Clusters {
  /** What has to be given back after use. */
  interface Open extends Collector, AutoCloseable {
    @Override
    void close();
  }

  /**
   * Live clusters: those of the settings, then every context of the kubeconfig.
   *
   * @throws Refusal when neither names any
   */
  Open live(Optional<Path> kubeconfig, Optional<Path> config);

  /** A bundle or a directory of manifests. */
  Open recorded(Path bundle);

  /** Writes a bundle: a directory, or .tgz by its name. */
  void save(Snapshot snapshot, String target, Path where);
}

package dev.upstream.cli;

import dev.upstream.answer.Collector;
import dev.upstream.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where commands get clusters from, and where they put recordings. */
public interface Clusters {
  /** What has to be given back after use. */
  interface Open extends Collector {
    @Override
    void close();
  }

  /**
   * Live clusters: those of the settings, and contexts of the kubeconfig that are asked for by
   * name; where there are no settings, every context.
   *
   * @param kubeconfig instead of the usual one, also for clusters of the settings that name none
   * @throws Refusal when neither names any
   */
  Open live(Optional<Path> kubeconfig, Optional<Path> config, List<String> asked);

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

package dev.upstream.config;

import java.nio.file.Path;
import java.util.Optional;

/** Where a cluster is read from. */
public sealed interface ClusterSource {
  /**
   * A kubeconfig.
   *
   * @param file empty for the usual one ($KUBECONFIG, else ~/.kube/config)
   * @param context empty for the current one
   */
  record Kubeconfig(Optional<Path> file, Optional<String> context) implements ClusterSource {}

  /** The service account of the pod that this program runs in. */
  record InCluster() implements ClusterSource {}

  /** A recording: a directory, .tgz or .zip (PRODUCT.md section 3). */
  record Recording(Path path) implements ClusterSource {}
}

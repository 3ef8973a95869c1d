package dev.upstream.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What config/upstream.yml says (PRODUCT.md section 9), validated.
 *
 * @param clusters in the order of the file, each name once
 * @param defaultCluster where a check starts when nobody names a cluster
 * @param port of the HTTP server
 */
public record UpstreamConfig(
    List<ClusterSettings> clusters,
    Optional<String> defaultCluster,
    SlackSettings slack,
    CollectSettings collect,
    StoreSettings store,
    int port) {
  public static final int USUAL_PORT = 8080;
  public static final Path USUAL_FILE = Path.of("config", "upstream.yml");

  public UpstreamConfig {
    clusters = List.copyOf(clusters);
  }

  /** Reads and validates the file; throws {@link BadConfig}. */
  public static UpstreamConfig read(Path file) {
    return ConfigFile.read(file);
  }
}

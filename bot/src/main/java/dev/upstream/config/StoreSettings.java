package dev.upstream.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where checks, messages and what people said are remembered; who may open it is in {@link
 * StoreAccess}.
 *
 * @param url {@code jdbc:h2:file:PATH} or {@code jdbc:postgresql://HOST/DATABASE}
 * @param keep how long ended checks are remembered
 */
public record StoreSettings(String url, Duration keep) {
  static final String H2 = "jdbc:h2:file:";
  static final int USUAL_KEEP_DAYS = 30;

  /** A file of this machine, for one replica; the directory need not be there. */
  public static StoreSettings in(Path directory) {
    return new StoreSettings(
        H2 + directory.toAbsolutePath().normalize().resolve("upstream"),
        Duration.ofDays(USUAL_KEEP_DAYS));
  }

  /** The file that holds it; empty where a server does. */
  public Optional<Path> file() {
    return onThisMachine()
        ? Optional.of(Path.of(url.substring(H2.length()).replaceAll(";.*", "") + ".mv.db"))
        : Optional.empty();
  }

  public boolean onThisMachine() {
    return url.startsWith(H2);
  }
}

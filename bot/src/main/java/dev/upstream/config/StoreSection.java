package dev.upstream.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The part {@code store} of upstream.yml. */
final class StoreSection {
  static final List<String> KEYS = List.of("url", "keepDays");
  private static final String USUAL_DIRECTORY = "../data";
  private static final String POSTGRESQL =
      "jdbc:postgresql://[A-Za-z0-9.\\[\\]:,_-]+/[A-Za-z0-9_.-]+(?:\\?[A-Za-z0-9_=&./:-]*)?";

  private StoreSection() {}

  /**
   * @param seen a path of the file, as seen from the file's own directory
   */
  static StoreSettings read(Section store, UnaryOperator<Path> seen) {
    StoreSettings usual = StoreSettings.in(seen.apply(Path.of(USUAL_DIRECTORY)));
    Optional<String> url =
        store.text(
            "url",
            StoreSection::isUrl,
            "jdbc:h2:file:PATH, or jdbc:postgresql://HOST/DATABASE without user and password"
                + " (set UPSTREAM_STORE_USER and UPSTREAM_STORE_PASSWORD)");
    return new StoreSettings(
        url.map(u -> resolved(u, seen)).orElse(usual.url()),
        Duration.ofDays(store.number("keepDays", 1, 3_650).orElse(StoreSettings.USUAL_KEEP_DAYS)));
  }

  private static boolean isUrl(String url) {
    boolean h2 = url.matches("jdbc:h2:file:[^;?*\\p{Cntrl}]+[^;?*/\\p{Cntrl}]");
    boolean postgresql = url.matches(POSTGRESQL) && !url.matches("(?i).*[?&](user|password).*");
    return h2 || postgresql;
  }

  private static String resolved(String url, UnaryOperator<Path> seen) {
    return url.startsWith(StoreSettings.H2)
        ? StoreSettings.H2 + seen.apply(Path.of(url.substring(StoreSettings.H2.length())))
        : url;
  }
}

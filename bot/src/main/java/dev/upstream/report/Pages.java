package dev.upstream.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The pages of the catalogue, from the jar. */
public final class Pages {
  private Pages() {}

  /** The Markdown page of an id. */
  public static Optional<String> of(String id) {
    if (!id.matches("[a-z0-9-]{1,80}")) {
      return Optional.empty();
    }
    try (InputStream page = Pages.class.getResourceAsStream("/catalogue/" + id + ".md")) {
      return page == null
          ? Optional.empty()
          : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

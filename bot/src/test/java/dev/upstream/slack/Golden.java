package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Transcripts that a person can read; -Dupstream.golden=write writes them anew. */
final class Golden {
  private static final boolean WRITE = "write".equals(System.getProperty("upstream.golden"));
  private static final Path FOLDER = Path.of("src", "test", "resources", "slack");

  private Golden() {}

  static void assertSame(String name, String text) {
    Path file = FOLDER.resolve(name);
    try {
      if (WRITE) {
        Files.writeString(file, text);
      }
      assertThat(text).as("%s", file).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

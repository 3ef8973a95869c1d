package dev.upstream.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Writes down what a live test has really seen of a root cause, for the figures that CI prints. */
public final class Witness {
  private static final Path FILE =
      Path.of(System.getProperty("lab.figures", "target/lab-figures.jsonl"));
  private static final ObjectMapper JSON = new ObjectMapper();
  private final String test;

  Witness(String test) {
    this.test = test;
  }

  /** Real requests failed in that way because of it. */
  public void wire(String id, String seen) {
    write(id, "wire", seen);
  }

  /** The API server told that state, which the lab had played into it. */
  public void played(String id, String seen) {
    write(id, "played", seen);
  }

  private void write(String id, String how, String seen) {
    String line =
        JSON.createObjectNode()
            .put("id", id)
            .put("how", how)
            .put("seen", seen)
            .put("test", test)
            .put("at", Instant.now().toString())
            .toString();
    try {
      Files.createDirectories(FILE.toAbsolutePath().getParent());
      Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.upstream.lab.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of real programs, CRDs and stages that bin/build-parts leaves behind. */
public record Parts(Path folder) {
  /** The folder that bin/java found or built before it entered the namespace. */
  public static Parts ofEnvironment() {
    return Optional.ofNullable(System.getenv("UPSTREAM_LAB_PARTS"))
        .map(folder -> new Parts(Path.of(folder)))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the lab runs only under src/lab/bin/java, which sets UPSTREAM_LAB_PARTS"));
  }

  public String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  public List<Path> crds() {
    try (Stream<Path> files = Files.list(folder.resolve("crds"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path stage(String path) {
    return folder.resolve("stages").resolve(path);
  }
}

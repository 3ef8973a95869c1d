package dev.upstream.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upstream.bundle.Bundle;
import dev.upstream.bundle.BundleReader;
import dev.upstream.bundle.BundleWriter;
import dev.upstream.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A bundle's files as text, to be changed and read again. */
record Recording(SortedMap<String, String> files) {
  static final ObjectMapper JSON = new ObjectMapper();

  static Recording of(Bundle bundle) {
    return in(
        directory -> {
          new BundleWriter().write(bundle, directory);
          SortedMap<String, String> files = new TreeMap<>();
          try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
              files.put(
                  directory.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
          }
          return new Recording(files);
        });
  }

  Snapshot read() {
    return in(
        directory -> {
          for (var file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.resolve(".."));
            Files.writeString(path, file.getValue());
          }
          return new BundleReader().read(directory).snapshot();
        });
  }

  /** Objects of a cluster, by the file that holds them as a List. */
  static boolean holdsObjects(String path) {
    return path.matches("clusters/[^/]+/resources/.*");
  }

  static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(JsonNode tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Use<T> {
    T use(Path directory) throws IOException;
  }

  private static <T> T in(Use<T> use) {
    try {
      Path directory = Files.createTempDirectory("scenario");
      try {
        return use.use(directory);
      } finally {
        try (Stream<Path> all = Files.walk(directory)) {
          for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

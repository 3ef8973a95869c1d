package dev.upstream.lab;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Applies manifests as kubectl apply --server-side would. */
final class Manifests {
  private final KubernetesClient client;

  Manifests(KubernetesClient client) {
    this.client = client;
  }

  /** Applies a file, or every file of a folder in the order of their names, Namespaces first. */
  List<HasMetadata> apply(Path path) {
    try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
      String all =
          String.join(
              "\n---\n",
              files
                  .filter(file -> file.toString().matches(".*\\.ya?ml"))
                  .sorted()
                  .map(Manifests::read)
                  .toList());
      return apply(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<HasMetadata> apply(String yaml) {
    InputStream in = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    return client.load(in).items().stream()
        .sorted(
            (a, b) ->
                Boolean.compare(b.getKind().equals("Namespace"), a.getKind().equals("Namespace")))
        .map(this::apply)
        .toList();
  }

  private HasMetadata apply(HasMetadata object) {
    return client.resource(object).fieldManager("kubectl").forceConflicts().serverSideApply();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

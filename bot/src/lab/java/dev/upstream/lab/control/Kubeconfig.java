package dev.upstream.lab.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Writes kubeconfig files whose context is named like the cluster. */
public record Kubeconfig(ClusterSpec spec, Certificates certificates) {
  public Path admin(Path file) {
    return write(
        file,
        "{client-certificate-data: %s, client-key-data: %s}"
            .formatted(
                encoded(certificates.path("admin.crt")), encoded(certificates.path("admin.key"))));
  }

  public Path token(Path file, String token) {
    return write(file, "{token: %s}".formatted(token));
  }

  private Path write(Path file, String user) {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: %1$s
        contexts: [{name: %1$s, context: {cluster: %1$s, user: %1$s}}]
        clusters: [{name: %1$s, cluster: {server: "%2$s", certificate-authority-data: %3$s}}]
        users: [{name: %1$s, user: %4$s}]
        """
            .formatted(spec.name(), spec.server(), encoded(certificates.path("ca.crt")), user);
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String file) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

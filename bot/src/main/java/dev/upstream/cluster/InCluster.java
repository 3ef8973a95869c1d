package dev.upstream.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster that this program runs in, by the service account of its pod and nothing else: a
 * kubeconfig that happens to lie about does not win.
 */
public final class InCluster {
  /** Where the kubelet mounts it. */
  public static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private InCluster() {}

  /** Empty where there is no service account, or no address of an API server. */
  public static Optional<Config> config(Map<String, String> environment, Path account) {
    Optional<String> host = value(environment, "KUBERNETES_SERVICE_HOST");
    Optional<String> port = value(environment, "KUBERNETES_SERVICE_PORT");
    Path token = account.resolve("token");
    return host.isEmpty() || port.isEmpty() || !Files.isReadable(token)
        ? Optional.empty()
        : Optional.of(
            new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + bracketed(host.get()) + ":" + port.get() + "/")
                .withCaCertFile(account.resolve("ca.crt").toString())
                .withOauthTokenProvider(() -> read(token))
                .build());
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** The kubelet renews it, so that it is read each time; without it the API server says 401. */
  private static String read(Path token) {
    try {
      return Files.readString(token).strip();
    } catch (IOException e) {
      return "";
    }
  }
}

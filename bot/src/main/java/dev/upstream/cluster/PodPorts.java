package dev.upstream.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only class that opens port-forwards: GETs of a closed list of admin pages, because Envoy and
 * istiod have others that change state.
 */
final class PodPorts implements AdminPages, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodPorts.class);
  private static final int LARGEST = 64 * 1024 * 1024;

  /** A page that may be read. */
  enum Page {
    ENVOY_CLUSTERS(15000, "/clusters?format=json"),
    ENVOY_ROUTES(15000, "/config_dump?resource=dynamic_route_configs"),
    ISTIOD_SYNC(15014, "/debug/syncz"),
    ISTIOD_REGISTRY(15014, "/debug/registryz"),
    ISTIOD_SHARDS(15014, "/debug/endpointShardz"),
    ISTIOD_PUSH_STATUS(15014, "/debug/push_status"),
    ISTIOD_METRICS(15014, "/metrics");

    private final int port;
    private final String path;

    Page(int port, String path) {
      this.port = port;
      this.path = path;
    }

    int port() {
      return port;
    }

    String path() {
      return path;
    }

    /**
     * With what narrows it to these hosts: {@code filter} of {@code /clusters}, a regular
     * expression that Envoy knows since 1.38 and that older ones leave unread
     * (source/server/admin/clusters_handler.cc).
     */
    String about(Set<String> hosts) {
      boolean plain = hosts.stream().allMatch(h -> h.matches("[A-Za-z0-9._:-]+"));
      if (this != ENVOY_CLUSTERS || hosts.isEmpty() || !plain) {
        return path;
      }
      String names = String.join("|", new TreeSet<>(hosts)).replace(".", "[.]");
      return path + "&filter=" + URLEncoder.encode(".*[|](" + names + ")$", StandardCharsets.UTF_8);
    }
  }

  /** Why a page was not read. */
  static final class Unread extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient int status;

    Unread(String message, int status) {
      super(message);
      this.status = status;
    }

    /** The API server's HTTP status, or 0. */
    int status() {
      return status;
    }
  }

  private final KubernetesClient client;
  private final Calls calls;
  private final Duration deadline;

  /**
   * Every connection through one is a handshake with the API server, which costs more than a page:
   * so they stay open until all was read.
   */
  private final Map<Tunnel, LocalPortForward> open = new HashMap<>();

  private final HttpClient http;
  private boolean closed;

  private record Tunnel(String namespace, String pod, int port) {}

  PodPorts(KubernetesClient client, Calls calls, Duration deadline) {
    this.client = client;
    this.calls = calls;
    this.deadline = deadline;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(deadline)
            .build();
  }

  /** A page; headers may come soon and the rest never, so the whole has a deadline too. */
  @Override
  public String get(String namespace, String pod, Page page, Set<String> hosts)
      throws Unread, Calls.Late {
    try {
      return calls.within(() -> read(namespace, pod, page.port(), page.about(hosts)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Unread unread) {
        throw unread;
      }
      if (e.getCause() instanceof KubernetesClientException k) {
        throw new Unread("the port-forward was refused (" + k.getCode() + ")", k.getCode());
      }
      if (e.getCause() instanceof HttpTimeoutException) {
        throw calls.noAnswer();
      }
      throw new Unread(
          "the connection through the API server failed", allowed(namespace) ? 0 : 403);
    }
  }

  private String read(String namespace, String pod, int port, String path)
      throws Unread, IOException, InterruptedException {
    int local = tunnel(new Tunnel(namespace, pod, port)).getLocalPort();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + local + path))
            .timeout(deadline)
            .GET()
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(LARGEST);
      if (response.statusCode() != 200) {
        throw new Unread("it answered " + response.statusCode(), 0);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private synchronized LocalPortForward tunnel(Tunnel to) throws IOException {
    if (closed) {
      throw new IOException("the check is over");
    }
    return open.computeIfAbsent(
        to, t -> client.pods().inNamespace(to.namespace).withName(to.pod).portForward(to.port));
  }

  /**
   * The tunnel breaks without a status when the right is missing, so that it has to be asked for.
   */
  private boolean allowed(String namespace) {
    try {
      return new AccessReviews(client, calls).allowed("create", "", "pods/portforward", namespace);
    } catch (ExecutionException | Calls.Late e) {
      return true;
    }
  }

  /** No page may be asked for any more. */
  @Override
  public synchronized void close() {
    closed = true;
    http.shutdownNow();
    for (LocalPortForward forward : open.values()) {
      try {
        forward.close();
      } catch (IOException e) {
        LOG.debug("A port-forward was not closed: {}", e.toString());
      }
    }
  }
}

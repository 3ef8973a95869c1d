package dev.upstream.cluster;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The only class that opens port-forwards: GETs of a closed list of admin pages, because Envoy and
 * istiod have others that change state.
 */
final class PodPorts {
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
  private final Duration deadline;

  PodPorts(KubernetesClient client, Duration deadline) {
    this.client = client;
    this.deadline = deadline;
  }

  /** Several pages of one port through one forward. */
  String get(String namespace, String pod, Page page) throws Unread {
    try (LocalPortForward forward =
            client.pods().inNamespace(namespace).withName(pod).portForward(page.port());
        HttpClient http = HttpClient.newBuilder().connectTimeout(deadline).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + forward.getLocalPort() + page.path))
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
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
      } finally {
        http.shutdownNow();
      }
    } catch (KubernetesClientException e) {
      throw new Unread("the port-forward was refused (" + e.getCode() + ")", e.getCode());
    } catch (IOException e) {
      throw new Unread(
          "the connection through the API server failed", allowed(namespace) ? 0 : 403);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unread("it was interrupted", 0);
    }
  }

  /**
   * The tunnel breaks without a status when the right is missing, so that it has to be asked for.
   */
  private boolean allowed(String namespace) {
    try {
      SelfSubjectAccessReview review =
          new SelfSubjectAccessReviewBuilder()
              .withNewSpec()
              .withNewResourceAttributes()
              .withNamespace(namespace)
              .withVerb("create")
              .withResource("pods")
              .withSubresource("portforward")
              .endResourceAttributes()
              .endSpec()
              .build();
      return client
          .authorization()
          .v1()
          .selfSubjectAccessReview()
          .create(review)
          .getStatus()
          .getAllowed();
    } catch (KubernetesClientException e) {
      return true;
    }
  }
}

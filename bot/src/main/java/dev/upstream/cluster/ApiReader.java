package dev.upstream.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.LogRedaction;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Source;
import dev.upstream.snapshot.Trim;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads lists and logs of one cluster, each within a deadline; a failure becomes a gap. */
final class ApiReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 500;
  private static final int LOG_BYTES = 4 * 1024 * 1024;

  private final String cluster;
  private final KubernetesClient client;
  private final Limits limits;
  private final ExecutorService threads;

  ApiReader(String cluster, KubernetesClient client, Limits limits, ExecutorService threads) {
    this.cluster = cluster;
    this.client = client;
    this.limits = limits;
    this.threads = threads;
  }

  /** What was read, or why not. */
  sealed interface Listed {
    record Read(List<Resource> resources) implements Listed {}

    record Failed(Gap gap, boolean wholeCluster) implements Listed {}
  }

  /**
   * Lists a kind to its end. A kind that the API server does not serve has no objects.
   *
   * @param namespace empty for every namespace
   */
  Listed list(Kind kind, String namespace, Map<String, String> labels) {
    List<Resource> found = new ArrayList<>();
    String scope = kind.plural() + (namespace.isEmpty() ? "" : " in " + namespace);
    Source source = kind == Kind.EVENT ? Source.EVENTS : Source.OBJECTS;
    String next = "";
    try {
      do {
        String page = path(kind, namespace, labels) + next;
        Optional<String> answer = within(() -> Optional.ofNullable(client.raw(page)));
        if (answer.isEmpty()) {
          return new Listed.Read(List.of());
        }
        Map<String, Object> tree = JSON.readValue(answer.get(), new TypeReference<>() {});
        for (Object item : tree.get("items") instanceof List<?> l ? l : List.of()) {
          found.add(Trim.trim(kind, JSON.convertValue(item, new TypeReference<>() {})));
        }
        String token = Fields.of(tree).string("metadata", "continue");
        next = token.isEmpty() ? "" : "&continue=" + encode(token);
      } while (!next.isEmpty());
      return new Listed.Read(found);
    } catch (KubernetesClientException e) {
      return failed(e, source, scope, "list " + kind.plural(), namespace);
    } catch (IOException e) {
      return new Listed.Failed(
          gap(source, scope, Gap.Cause.UNPARSED, "The answer was no readable JSON.", ""), false);
    } catch (TimeoutException e) {
      return new Listed.Failed(
          gap(
              source,
              scope,
              Gap.Cause.TIMEOUT,
              "No answer in " + limits.request().toSeconds() + " s.",
              "See whether the API server is overloaded, then check again."),
          false);
    }
  }

  /** The end of a container's log, redacted, or why it was not read. */
  sealed interface LogRead {
    record Lines(List<String> lines) implements LogRead {}

    record Failed(Gap gap) implements LogRead {}
  }

  LogRead log(String namespace, String pod, String container, Duration back) {
    String scope = namespace + "/" + pod + " container " + container;
    String path =
        "/api/v1/namespaces/"
            + encode(namespace)
            + "/pods/"
            + encode(pod)
            + "/log?container="
            + encode(container)
            + "&sinceSeconds="
            + back.toSeconds()
            + "&tailLines="
            + limits.logLines()
            + "&limitBytes="
            + LOG_BYTES;
    try {
      String text = within(() -> Optional.ofNullable(client.raw(path))).orElse("");
      return new LogRead.Lines(text.lines().map(LogRedaction::redact).toList());
    } catch (KubernetesClientException e) {
      Listed.Failed failed = failed(e, Source.LOG, scope, "get pods/log", namespace);
      return new LogRead.Failed(failed.gap());
    } catch (TimeoutException e) {
      return new LogRead.Failed(
          gap(
              Source.LOG,
              scope,
              Gap.Cause.TIMEOUT,
              "No answer in " + limits.request().toSeconds() + " s.",
              "Read the log by hand."));
    }
  }

  private <T> T within(Callable<T> call) throws TimeoutException {
    Future<T> future = threads.submit(call);
    try {
      return future.get(limits.request().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KubernetesClientException k) {
        throw k;
      }
      throw new KubernetesClientException(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted", e);
    } finally {
      future.cancel(true);
    }
  }

  private Listed.Failed failed(
      KubernetesClientException e, Source source, String scope, String verb, String namespace) {
    String where = namespace.isEmpty() ? "in the whole cluster" : "in namespace " + namespace;
    return switch (e.getCode()) {
      case 401 ->
          new Listed.Failed(
              gap(
                  Source.OBJECTS,
                  "* (the whole cluster)",
                  Gap.Cause.UNAUTHORIZED,
                  tokenExpiry(),
                  "Give Upstream a new credential for cluster " + cluster + "."),
              true);
      case 403 ->
          new Listed.Failed(
              gap(
                  source,
                  scope,
                  Gap.Cause.FORBIDDEN,
                  "Upstream may not " + verb + " " + where + ".",
                  "Allow it: a Role with the verb and resource \"" + verb + "\" " + where + "."),
              false);
      case 410 ->
          new Listed.Failed(
              gap(
                  source,
                  scope,
                  Gap.Cause.TRUNCATED,
                  "The list changed while it was read in pages (410).",
                  "Check again."),
              false);
      case 0 ->
          new Listed.Failed(
              gap(
                  Source.OBJECTS,
                  "* (the whole cluster)",
                  Gap.Cause.UNREACHABLE,
                  "The API server of cluster " + cluster + " could not be reached.",
                  "See whether it runs and whether Upstream's network leads there."),
              true);
      default ->
          new Listed.Failed(
              gap(
                  source,
                  scope,
                  Gap.Cause.UNREACHABLE,
                  "The API server answered " + e.getCode() + ".",
                  "See the API server's health, then check again."),
              false);
    };
  }

  /** The expiry of a bearer token that is a JWT; else all that an answer 401 can tell (R19). */
  private String tokenExpiry() {
    Config config = client.getConfiguration();
    String token =
        Optional.ofNullable(config.getAutoOAuthToken())
            .or(() -> Optional.ofNullable(config.getOauthToken()))
            .orElse("");
    String[] parts = token.split("\\.", -1);
    if (parts.length == 3) {
      try {
        Map<String, Object> claims =
            JSON.readValue(Base64.getUrlDecoder().decode(parts[1]), new TypeReference<>() {});
        if (claims.get("exp") instanceof Number exp) {
          Instant at = Instant.ofEpochSecond(exp.longValue());
          return at.isBefore(Instant.now())
              ? "The credential expired at " + at + "."
              : "The credential was refused, though it says that it lasts until " + at + ".";
        }
      } catch (IOException | IllegalArgumentException e) {
        return "The credential was refused: expired, revoked or wrong.";
      }
    }
    return "The credential was refused: expired, revoked or wrong.";
  }

  private Gap gap(Source source, String scope, Gap.Cause cause, String detail, String remedy) {
    return new Gap(cluster, source, scope, cause, detail, remedy);
  }

  private static String path(Kind kind, String namespace, Map<String, String> labels) {
    String base = kind.group().isEmpty() ? "/api/v1" : "/apis/" + kind.apiVersion();
    String selector =
        String.join(
            ",", labels.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    return base
        + (namespace.isEmpty() ? "" : "/namespaces/" + encode(namespace))
        + "/"
        + kind.plural()
        + "?limit="
        + PAGE
        + (selector.isEmpty() ? "" : "&labelSelector=" + encode(selector));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

package dev.upstream.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upstream.snapshot.Fields;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** GETs of one API server, and lists page by page. */
final class ApiPages {
  /** How many objects a page holds at the most. */
  static final int SIZE = 500;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final Calls calls;
  private volatile boolean answered;

  ApiPages(KubernetesClient client, Calls calls) {
    this.client = client;
    this.calls = calls;
  }

  /** Whether this API server gave any answer yet, be it a refusal. */
  boolean answered() {
    return answered;
  }

  /**
   * An answer's text; empty for 404.
   *
   * @throws KubernetesClientException for every other refusal, and when none came
   */
  Optional<String> get(String path) throws Calls.Late {
    try {
      Optional<String> text = calls.within(() -> Optional.ofNullable(client.raw(path)));
      answered = true;
      return text;
    } catch (ExecutionException e) {
      if (timedOut(e)) {
        throw calls.noAnswer();
      }
      KubernetesClientException failure =
          e.getCause() instanceof KubernetesClientException k
              ? k
              : new KubernetesClientException("no answer", e.getCause());
      answered |= !ApiGaps.unanswered(failure);
      if (failure.getCode() == 404) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  static boolean timedOut(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 10; t = t.getCause(), depth++) {
      if (t instanceof HttpTimeoutException || t instanceof java.io.InterruptedIOException) {
        return !(t instanceof HttpConnectTimeoutException);
      }
    }
    return false;
  }

  /** How many pages of a list are read at the most, and whether there were more. */
  static final class Most {
    private final int pages;
    private boolean cut;

    Most(int pages) {
      this.pages = pages;
    }

    boolean cut() {
      return cut;
    }
  }

  /**
   * Gives every object of a list.
   *
   * @param path with its query
   * @return false when it is not served
   * @throws IOException when what comes is no list
   */
  boolean each(String path, Most most, Consumer<Map<String, Object>> item)
      throws IOException, Calls.Late {
    String next = "";
    int pages = 0;
    do {
      Optional<String> answer = get(path + next);
      if (answer.isEmpty()) {
        return false;
      }
      Map<String, Object> tree = tree(answer.get());
      if (!tree.containsKey("items")) {
        throw new IOException("no list");
      }
      if (tree.get("items") instanceof List<?> items) {
        for (Object one : items) {
          item.accept(object(one));
        }
      }
      String token = Fields.of(tree).string("metadata", "continue");
      next = token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
      pages++;
    } while (!next.isEmpty() && pages < most.pages);
    most.cut = !next.isEmpty();
    return true;
  }

  static Map<String, Object> tree(String json) throws IOException {
    return object(JSON.readValue(json, Object.class));
  }

  private static Map<String, Object> object(@org.jspecify.annotations.Nullable Object node)
      throws IOException {
    if (!(node instanceof Map<?, ?> fields)) {
      throw new IOException("no object");
    }
    Map<String, Object> object = new LinkedHashMap<>();
    fields.forEach((name, value) -> object.put(String.valueOf(name), value));
    return object;
  }
}

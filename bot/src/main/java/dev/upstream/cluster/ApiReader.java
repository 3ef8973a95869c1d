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
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

/** Reads lists and logs of one cluster; a failure becomes a gap. */
final class ApiReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 500;
  private static final int LOG_BYTES = 4 * 1024 * 1024;
  private static final int RAW_LINES = 10_000;
  private static final int EVENT_PAGES = 4;

  /** Every API server has these: where one is missing, something else answered. */
  private static final Set<String> BUILT_IN =
      Set.of("", "apps", "batch", "discovery.k8s.io", "networking.k8s.io");

  private final KubernetesClient client;
  private final Limits limits;
  private final Calls calls;
  private final ApiGaps gaps;
  private final Map<String, List<String>> served = new HashMap<>();
  private volatile boolean answered;

  ApiReader(
      String cluster, KubernetesClient client, Limits limits, Calls calls, InstantSource clock) {
    this.client = client;
    this.limits = limits;
    this.calls = calls;
    this.gaps = new ApiGaps(cluster, new Credential(client.getConfiguration()), clock);
  }

  /** What was read, or why not. */
  sealed interface Listed {
    /**
     * @param cut what was left out, if the list was not read to its end
     */
    record Read(List<Resource> resources, Optional<Gap> cut) implements Listed {}

    /**
     * @param wholeCluster whether asking this cluster for more is of no use
     */
    record Failed(Gap gap, boolean wholeCluster) implements Listed {}
  }

  /**
   * Lists a kind to its end. A kind of an extension that the API server does not serve has no
   * objects.
   *
   * @param namespace empty for every namespace
   */
  Listed list(Kind kind, String namespace, Map<String, String> labels) {
    ApiGaps.Asked asked =
        new ApiGaps.Asked(
            kind == Kind.EVENT ? Source.EVENTS : Source.OBJECTS,
            kind.plural() + (namespace.isEmpty() ? "" : " in " + namespace),
            "list",
            kind.plural(),
            kind.group(),
            namespace);
    return list(kind, asked, query(kind, namespace, labels), new Pages(Integer.MAX_VALUE));
  }

  /**
   * Events of one reason in the whole cluster, at most some pages of them: whether there is a
   * pattern shows in these.
   *
   * @param scope what a gap names
   */
  Listed events(String reason, String scope) {
    ApiGaps.Asked asked =
        new ApiGaps.Asked(Source.EVENTS, scope, "list", Kind.EVENT.plural(), "", "");
    return list(
        Kind.EVENT,
        asked,
        query(Kind.EVENT, "", Map.of()) + "&fieldSelector=" + encode("reason=" + reason),
        new Pages(EVENT_PAGES));
  }

  /** How many pages of a list are read at the most, and whether there were more. */
  private static final class Pages {
    private final int number;
    private boolean cut;

    private Pages(int number) {
      this.number = number;
    }
  }

  private Listed list(Kind kind, ApiGaps.Asked asked, String query, Pages most) {
    try {
      List<Resource> found = objects(kind, query, most);
      return new Listed.Read(
          found, most.cut ? Optional.of(gaps.cut(asked, found.size())) : Optional.empty());
    } catch (KubernetesClientException e) {
      return new Listed.Failed(
          gaps.of(asked, e, answered), ApiGaps.concernsWholeCluster(e, answered));
    } catch (IOException e) {
      return new Listed.Failed(gaps.unreadable(asked), false);
    } catch (Calls.Late e) {
      return new Listed.Failed(gaps.late(asked, e, answered), !answered);
    }
  }

  private List<Resource> objects(Kind kind, String query, Pages most)
      throws IOException, Calls.Late {
    Optional<List<Resource>> found = pages(kind, kind.version(), query, most);
    if (found.isPresent()) {
      return found.get();
    }
    if (BUILT_IN.contains(kind.group())) {
      throw new KubernetesClientException("not served", 404, null);
    }
    for (String version : otherVersions(kind)) {
      Optional<List<Resource>> older = pages(kind, version, query, most);
      if (older.isPresent()) {
        return older.get();
      }
    }
    return List.of();
  }

  /** An older installation may serve the kind, but not in the version that is asked for first. */
  private synchronized List<String> otherVersions(Kind kind) throws IOException, Calls.Late {
    List<String> known = served.get(kind.group());
    if (known == null) {
      Optional<String> group = get("/apis/" + kind.group());
      known =
          group.isEmpty()
              ? List.of()
              : Fields.of(tree(group.get())).list("versions").stream()
                  .map(v -> v.string("version"))
                  .filter(v -> v.matches("[a-z0-9]{1,40}"))
                  .toList();
      served.put(kind.group(), known);
    }
    return known.stream().filter(v -> !v.equals(kind.version())).toList();
  }

  /** A continue token that has become too old is no failure of the list: once, it starts anew. */
  private Optional<List<Resource>> pages(Kind kind, String version, String query, Pages most)
      throws IOException, Calls.Late {
    try {
      return onePass(kind, version, query, most);
    } catch (KubernetesClientException e) {
      if (e.getCode() != 410) {
        throw e;
      }
      return onePass(kind, version, query, most);
    }
  }

  private Optional<List<Resource>> onePass(Kind kind, String version, String query, Pages most)
      throws IOException, Calls.Late {
    String base = kind.group().isEmpty() ? "/api/v1" : "/apis/" + kind.group() + "/" + version;
    List<Resource> found = new ArrayList<>();
    String next = "";
    int pages = 0;
    do {
      Optional<String> answer = get(base + query + next);
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      Map<String, Object> tree = tree(answer.get());
      if (!tree.containsKey("items")) {
        throw new IOException("no list");
      }
      if (tree.get("items") instanceof List<?> items) {
        for (Object item : items) {
          found.add(Trim.trim(kind, object(item)));
        }
      }
      String token = Fields.of(tree).string("metadata", "continue");
      next = token.isEmpty() ? "" : "&continue=" + encode(token);
      pages++;
    } while (!next.isEmpty() && pages < most.number);
    most.cut = !next.isEmpty();
    return Optional.of(found);
  }

  private static Map<String, Object> tree(String json) throws IOException {
    return object(JSON.readValue(json, Object.class));
  }

  private static Map<String, Object> object(@org.jspecify.annotations.Nullable Object node)
      throws IOException {
    if (!(node instanceof Map<?, ?>)) {
      throw new IOException("no object");
    }
    return JSON.convertValue(node, new TypeReference<>() {});
  }

  /** The end of a container's log, redacted, or why it was not read. */
  sealed interface LogRead {
    record Lines(List<String> lines, boolean cut) implements LogRead {}

    record Failed(Gap gap) implements LogRead {}
  }

  LogRead log(String namespace, String pod, String container, Duration back) {
    return log(namespace, pod, container, back, limits.logLines(), LogRedaction::redact);
  }

  /** A log that is not kept as it is: what the node facts reader printed. */
  LogRead rawLog(String namespace, String pod, String container, Duration back) {
    return log(namespace, pod, container, back, RAW_LINES, line -> line);
  }

  private LogRead log(
      String namespace,
      String pod,
      String container,
      Duration back,
      int most,
      UnaryOperator<String> cleaned) {
    ApiGaps.Asked asked =
        new ApiGaps.Asked(
            Source.LOG,
            namespace + "/" + pod + " container " + container,
            "get",
            "pods/log",
            "",
            namespace);
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
            + most
            + "&limitBytes="
            + LOG_BYTES;
    try {
      String text = get(path).orElseThrow(() -> new KubernetesClientException("gone", 404, null));
      List<String> lines = text.lines().map(cleaned).toList();
      return new LogRead.Lines(lines, lines.size() >= most || text.length() >= LOG_BYTES);
    } catch (KubernetesClientException e) {
      return new LogRead.Failed(gaps.of(asked, e, answered));
    } catch (Calls.Late e) {
      return new LogRead.Failed(gaps.late(asked, e, answered));
    }
  }

  /** An answer's text; empty for 404. */
  private Optional<String> get(String path) throws Calls.Late {
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

  private static boolean timedOut(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 10; t = t.getCause(), depth++) {
      if (t instanceof HttpTimeoutException || t instanceof java.io.InterruptedIOException) {
        return !(t instanceof HttpConnectTimeoutException);
      }
    }
    return false;
  }

  private static String query(Kind kind, String namespace, Map<String, String> labels) {
    String byName = selector(labels, true);
    String selector = selector(labels, false);
    return (namespace.isEmpty() ? "" : "/namespaces/" + encode(namespace))
        + "/"
        + kind.plural()
        + "?limit="
        + PAGE
        + (byName.isEmpty() ? "" : "&fieldSelector=" + encode(byName))
        + (selector.isEmpty() ? "" : "&labelSelector=" + encode(selector));
  }

  /** The name of an object stands among the labels (see Coverage); the API has it as a field. */
  private static String selector(Map<String, String> labels, boolean name) {
    return String.join(
        ",",
        labels.entrySet().stream()
            .filter(e -> e.getKey().equals("metadata.name") == name)
            .map(e -> e.getKey() + "=" + e.getValue())
            .toList());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

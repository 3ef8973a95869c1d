package dev.upstream.cluster;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Reads lists and logs of one cluster; a failure becomes a gap. */
final class ApiReader {
  private static final int LOG_BYTES = 4 * 1024 * 1024;
  private static final int RAW_LINES = 10_000;
  private static final int EVENT_PAGES = 4;

  /** Every API server has these: where one is missing, something else answered. */
  static final Set<String> BUILT_IN =
      Set.of("", "apps", "batch", "discovery.k8s.io", "networking.k8s.io");

  private final ApiPages pages;
  private final Limits limits;
  private final ApiGaps gaps;
  private final Map<String, List<String>> served = new HashMap<>();

  ApiReader(
      String cluster, KubernetesClient client, Limits limits, Calls calls, InstantSource clock) {
    this.pages = new ApiPages(client, calls);
    this.limits = limits;
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
    return list(kind, asked, query(kind, namespace, labels), new ApiPages.Most(Integer.MAX_VALUE));
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
        new ApiPages.Most(EVENT_PAGES));
  }

  private Listed list(Kind kind, ApiGaps.Asked asked, String query, ApiPages.Most most) {
    return tried(asked, most, () -> objects(kind, query, most));
  }

  private interface Attempt<T> {
    T make() throws IOException, Calls.Late;
  }

  private Listed tried(ApiGaps.Asked asked, ApiPages.Most most, Attempt<List<Resource>> attempt) {
    try {
      List<Resource> found = attempt.make();
      return new Listed.Read(
          found, most.cut() ? Optional.of(gaps.cut(asked, found.size())) : Optional.empty());
    } catch (KubernetesClientException e) {
      return new Listed.Failed(
          gaps.of(asked, e, pages.answered()), ApiGaps.concernsWholeCluster(e, pages.answered()));
    } catch (IOException e) {
      return new Listed.Failed(gaps.unreadable(asked), false);
    } catch (Calls.Late e) {
      return new Listed.Failed(gaps.late(asked, e, pages.answered()), !pages.answered());
    }
  }

  private List<Resource> objects(Kind kind, String query, ApiPages.Most most)
      throws IOException, Calls.Late {
    Optional<List<Resource>> found = anew(() -> onePass(kind, kind.version(), query, most));
    if (found.isPresent()) {
      return found.get();
    }
    if (BUILT_IN.contains(kind.group())) {
      throw new KubernetesClientException("not served", 404, null);
    }
    for (String version : otherVersions(kind)) {
      Optional<List<Resource>> older = anew(() -> onePass(kind, version, query, most));
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
      Optional<String> group = pages.get("/apis/" + kind.group());
      known =
          group.isEmpty()
              ? List.of()
              : Fields.of(ApiPages.tree(group.get())).list("versions").stream()
                  .map(v -> v.string("version"))
                  .filter(v -> v.matches("[a-z0-9]{1,40}"))
                  .toList();
      served.put(kind.group(), known);
    }
    return known.stream().filter(v -> !v.equals(kind.version())).toList();
  }

  /** A continue token that has become too old is no failure of the list: once, it starts anew. */
  private static <T> T anew(Attempt<T> pass) throws IOException, Calls.Late {
    try {
      return pass.make();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 410) {
        throw e;
      }
      return pass.make();
    }
  }

  private Optional<List<Resource>> onePass(
      Kind kind, String version, String query, ApiPages.Most most) throws IOException, Calls.Late {
    List<Resource> found = new ArrayList<>();
    boolean served =
        pages.each(base(kind, version) + query, most, item -> found.add(Trim.trim(kind, item)));
    return served ? Optional.of(found) : Optional.empty();
  }

  /**
   * Goes through the objects of a built-in kind in the whole cluster, page by page, and keeps none.
   *
   * @param most how many pages at the most
   * @param metadata gets that of each object, of some twice when the list has to start anew
   * @return why it did not come to its end
   */
  Optional<Listed.Failed> walk(Kind kind, int most, Consumer<Fields> metadata) {
    ApiGaps.Asked asked =
        new ApiGaps.Asked(Source.OBJECTS, kind.plural(), "list", kind.plural(), kind.group(), "");
    String path = base(kind, kind.version()) + query(kind, "", Map.of());
    ApiPages.Most bound = new ApiPages.Most(most);
    Listed listed =
        tried(
            asked,
            bound,
            () -> {
              Consumer<Map<String, Object>> item =
                  o -> metadata.accept(Fields.of(o).at("metadata"));
              if (!anew(() -> pages.each(path, bound, item))) {
                throw new KubernetesClientException("not served", 404, null);
              }
              return List.of();
            });
    return listed instanceof Listed.Failed f ? Optional.of(f) : Optional.empty();
  }

  /** One document, or why it was not read. */
  sealed interface Document {
    record Read(Fields root) implements Document {}

    record Failed(Gap gap) implements Document {}
  }

  /** A path that belongs to no kind, such as {@code /version}. */
  Document document(String path) {
    ApiGaps.Asked asked = new ApiGaps.Asked(Source.OBJECTS, path, "get", path, "", "");
    try {
      String text =
          pages.get(path).orElseThrow(() -> new KubernetesClientException("none", 404, null));
      return new Document.Read(Fields.of(ApiPages.tree(text)));
    } catch (KubernetesClientException e) {
      return new Document.Failed(gaps.of(asked, e, pages.answered()));
    } catch (IOException e) {
      return new Document.Failed(gaps.unreadable(asked));
    } catch (Calls.Late e) {
      return new Document.Failed(gaps.late(asked, e, pages.answered()));
    }
  }

  /** Whether this API server gave any answer yet, be it a refusal. */
  boolean answered() {
    return pages.answered();
  }

  private static String base(Kind kind, String version) {
    return kind.group().isEmpty() ? "/api/v1" : "/apis/" + kind.group() + "/" + version;
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
      String text =
          pages.get(path).orElseThrow(() -> new KubernetesClientException("gone", 404, null));
      List<String> lines = text.lines().map(cleaned).toList();
      return new LogRead.Lines(lines, lines.size() >= most || text.length() >= LOG_BYTES);
    } catch (KubernetesClientException e) {
      return new LogRead.Failed(gaps.of(asked, e, pages.answered()));
    } catch (Calls.Late e) {
      return new LogRead.Failed(gaps.late(asked, e, pages.answered()));
    }
  }

  private static String query(Kind kind, String namespace, Map<String, String> labels) {
    String byName = selector(labels, true);
    String selector = selector(labels, false);
    return (namespace.isEmpty() ? "" : "/namespaces/" + encode(namespace))
        + "/"
        + kind.plural()
        + "?limit="
        + ApiPages.SIZE
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

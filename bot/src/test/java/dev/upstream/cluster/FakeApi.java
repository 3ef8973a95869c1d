package dev.upstream.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.upstream.snapshot.Fields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** An API server that lists a few objects by path, until a test gives it a bad day. */
public final class FakeApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** What it does instead of answering as it should. */
  public interface BadDay {
    void answer(HttpExchange exchange) throws IOException;
  }

  private record Rule(Predicate<String> path, BadDay day) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, List<Map<String, Object>>> lists = new LinkedHashMap<>();
  private final Map<String, String> logs = new LinkedHashMap<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private int page = Integer.MAX_VALUE;

  public FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    for (String builtIn :
        List.of(
            "/api/v1/namespaces",
            "/api/v1/pods",
            "/api/v1/services",
            "/api/v1/events",
            "/apis/discovery.k8s.io/v1/endpointslices",
            "/apis/apps/v1/deployments",
            "/apis/apps/v1/statefulsets",
            "/apis/apps/v1/daemonsets",
            "/apis/apps/v1/replicasets",
            "/apis/batch/v1/jobs",
            "/apis/networking.k8s.io/v1/ingresses",
            "/apis/networking.k8s.io/v1/ingressclasses")) {
      lists.put(builtIn, new ArrayList<>());
    }
  }

  /** Serves the objects of these YAML documents too. */
  public FakeApi with(String plural, String... objects) throws IOException {
    for (String text : objects) {
      Map<String, Object> object = YAML.readValue(text, new TypeReference<>() {});
      String version = Fields.of(object).string("apiVersion");
      String base = (version.contains("/") ? "/apis/" : "/api/") + version + "/" + plural;
      lists.computeIfAbsent(base, b -> new ArrayList<>()).add(object);
    }
    return this;
  }

  public FakeApi log(String namespace, String pod, String text) {
    logs.put("/api/v1/namespaces/" + namespace + "/pods/" + pod + "/log", text);
    return this;
  }

  FakeApi pagesOf(int items) {
    page = items;
    return this;
  }

  /** From now on, for every path and query that fits; the newest rule wins. */
  FakeApi when(Predicate<String> path, BadDay day) {
    rules.addFirst(new Rule(path, day));
    return this;
  }

  static BadDay status(int code) {
    return e ->
        send(
            e,
            code,
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":"
                + code
                + "}");
  }

  static BadDay text(String body) {
    return e -> send(e, 200, body);
  }

  /** Takes the request and says nothing until the test is over. */
  BadDay hang() {
    return e -> awaitEnd();
  }

  /** Every path with its query, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String uri = exchange.getRequestURI().toString();
    asked.add(uri);
    for (Rule rule : rules) {
      if (rule.path().test(uri)) {
        rule.day().answer(exchange);
        return;
      }
    }
    String path = exchange.getRequestURI().getPath();
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    String everywhere = path.replaceFirst("/namespaces/[^/]+", "");
    List<Map<String, Object>> objects = lists.get(everywhere);
    if (logs.containsKey(path)) {
      send(exchange, 200, Optional.ofNullable(logs.get(path)).orElseThrow());
    } else if (objects != null) {
      String namespace =
          path.equals(everywhere) ? "" : path.replaceFirst(".*/namespaces/([^/]+)/.*", "$1");
      list(exchange, objects, namespace, query);
    } else {
      status(404).answer(exchange);
    }
  }

  private void list(
      HttpExchange exchange,
      List<Map<String, Object>> objects,
      String namespace,
      Map<String, String> query)
      throws IOException {
    List<Map<String, Object>> fitting =
        objects.stream()
            .filter(o -> namespace.isEmpty() || at(o, "namespace").equals(namespace))
            .filter(o -> selected(o, query.getOrDefault("labelSelector", "")))
            .filter(o -> chosen(o, query.getOrDefault("fieldSelector", "")))
            .toList();
    int from = Integer.parseInt(query.getOrDefault("continue", "0"));
    int most = Math.min(page, Integer.parseInt(query.getOrDefault("limit", "500")));
    int to = (int) Math.min(fitting.size(), (long) from + most);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("resourceVersion", "1");
    if (to < fitting.size()) {
      metadata.put("continue", String.valueOf(to));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("kind", "List");
    answer.put("apiVersion", "v1");
    answer.put("metadata", metadata);
    answer.put("items", fitting.subList(from, to));
    send(exchange, 200, JSON.writeValueAsString(answer));
  }

  private static String at(Map<String, Object> object, String key) {
    return Fields.of(object).string("metadata", key);
  }

  private static boolean selected(Map<String, Object> object, String selector) {
    Map<String, Fields> labels = Fields.of(object).map("metadata", "labels");
    for (String term : selector.isEmpty() ? new String[0] : selector.split(",", -1)) {
      String[] pair = term.split("=", 2);
      Fields value = labels.get(pair[0]);
      if (value == null || !value.string().equals(pair[1])) {
        return false;
      }
    }
    return true;
  }

  /** By name or reason, the two fields that are asked for. */
  private static boolean chosen(Map<String, Object> object, String selector) {
    String[] pair = selector.split("=", 2);
    return switch (pair[0]) {
      case "" -> true;
      case "metadata.name" -> at(object, "name").equals(pair[1]);
      case "reason" -> Fields.of(object).string("reason").equals(pair[1]);
      default -> throw new IllegalArgumentException(selector);
    };
  }

  private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(
          parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void awaitEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

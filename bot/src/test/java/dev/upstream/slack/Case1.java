package dev.upstream.slack;

import dev.upstream.answer.Answering;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.path.Ask;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.ControlPlaneView;
import dev.upstream.snapshot.Coverage;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.LogExcerpt;
import dev.upstream.snapshot.Objects;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import dev.upstream.snapshot.Trim;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The first founding case, as cluster east shows it: 95 % of the shop goes to a subset without
 * pods.
 */
public final class Case1 {
  public static final Instant NOW = Instant.parse("2026-11-21T10:16:00Z");
  private static final String V1 = "outbound|80|v1|web.shop.svc.cluster.local";
  private static final String V2 = "outbound|80|v2|web.shop.svc.cluster.local";

  private Case1() {}

  /** A collector of clusters east, which is the case, and west, which does not answer. */
  public static Collector collector() {
    return new Collector() {
      @Override
      public List<String> clusters() {
        return List.of("east", "west");
      }

      @Override
      public Optional<String> defaultCluster() {
        return Optional.of("east");
      }

      @Override
      public Snapshot collect(Ask ask) {
        return Snapshot.of(NOW, List.of(ask.cluster().equals("west") ? west() : east(List.of())));
      }
    };
  }

  public static Reply.Answered reply(String target) {
    return (Reply.Answered) new Answering(collector()).answer(Question.about(target));
  }

  public static ClusterView west() {
    return ClusterView.unseen(
        "west",
        List.of(
            new Gap(
                "west",
                Source.OBJECTS,
                "*",
                Gap.Cause.UNREACHABLE,
                "no answer from its API server in 5 s",
                "Check that this cluster's API server is reachable from the bot.")),
        List.of());
  }

  public static ClusterView east(List<Gap> gaps) {
    return new ClusterView(
        "east",
        new Objects(resources()),
        new Coverage(
            IntStream.range(0, Kind.values().length)
                .mapToObj(i -> Coverage.Entry.everywhere(Kind.values()[i]))
                .toList(),
            List.of()),
        List.of(proxy()),
        List.of(istiod()),
        List.of(),
        List.of(log()),
        gaps,
        List.of());
  }

  private static ProxyView proxy() {
    ProxyView.ProxyHost pod = new ProxyView.ProxyHost("10.1.0.7", 8080, false, false, "HEALTHY");
    return new ProxyView(
        "istio-system",
        "gateway-5d8f9c-m7k2p",
        List.of(
            new ProxyView.ProxyCluster(V1, List.of()),
            new ProxyView.ProxyCluster(V2, List.of(pod))),
        Optional.of(
            List.of(
                new ProxyView.ProxyRoute(
                    "http.80",
                    List.of("shop.example.com"),
                    "prefix /",
                    new TreeSet<>(),
                    List.of(new ProxyView.Weighted(V1, 95), new ProxyView.Weighted(V2, 5))))));
  }

  private static ControlPlaneView istiod() {
    Map<String, String> synced =
        Map.of("cluster", "SYNCED", "listener", "SYNCED", "route", "SYNCED", "endpoint", "SYNCED");
    return new ControlPlaneView(
        "istio-system",
        "istiod-6f7c8d-q4w5e",
        Optional.of(
            List.of(
                new ControlPlaneView.SyncRow(
                    "east", "gateway-5d8f9c-m7k2p.istio-system", synced, Map.of(), Map.of()))),
        List.of(),
        List.of(),
        Map.of(),
        Map.of());
  }

  /** Of twenty requests nineteen died. */
  private static LogExcerpt log() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String at = "2026-11-21T10:15:" + (10 + i) + ".000Z";
      lines.add(
          i == 7
              ? "["
                  + at
                  + "] \"GET / HTTP/1.1\" 200 - via_upstream - \"-\" 0 12 3 2 \"-\" \"-\""
                  + " \"r-7\" \"shop.example.com\" \"10.1.0.7:8080\" "
                  + V2
                  + " 10.1.0.3:40000 10.1.0.3:8080 - - -"
              : "["
                  + at
                  + "] \"GET / HTTP/1.1\" 503 UH no_healthy_upstream - \"-\" 0 19 0 - \"-\" \"-\""
                  + " \"r-"
                  + i
                  + "\" \"shop.example.com\" \"-\" "
                  + V1
                  + " - 10.1.0.3:8080 - - -");
    }
    return new LogExcerpt(
        "istio-system", "gateway-5d8f9c-m7k2p", "istio-proxy", false, lines, false);
  }

  private static List<Resource> resources() {
    try (InputStream yaml = Case1.class.getResourceAsStream("/slack/case1.yaml")) {
      List<Resource> resources = new ArrayList<>();
      for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
        Fields fields = Fields.of(document);
        Kind kind = Kind.of(fields.string("apiVersion"), fields.string("kind")).orElseThrow();
        resources.add(Trim.trim(kind, tree(document)));
      }
      return resources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tree(Object document) {
    return (Map<String, Object>) document;
  }
}

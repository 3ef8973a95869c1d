package dev.upstream.lab.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.upstream.answer.Answering;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.Bundle;
import dev.upstream.bundle.BundleWriter;
import dev.upstream.cluster.ClusterSource;
import dev.upstream.cluster.Kubeconfigs;
import dev.upstream.cluster.Limits;
import dev.upstream.cluster.LiveCollector;
import dev.upstream.lab.LabCluster;
import dev.upstream.path.Ask;
import dev.upstream.report.JsonReport;
import dev.upstream.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The real program against the lab, through its API servers, and its answer as JSON. */
public final class Bot {
  private Bot() {}

  /** Asks over some clusters, starting in the first one. */
  public static JsonNode check(String target, LabCluster... clusters) {
    return check(Question.about(target), clusters);
  }

  public static JsonNode check(Question question, LabCluster... clusters) {
    List<ClusterSource> sources = new ArrayList<>();
    for (LabCluster cluster : clusters) {
      sources.addAll(sources(cluster.kubeconfig()));
    }
    return check(question, sources);
  }

  public static JsonNode check(Question question, List<ClusterSource> sources) {
    try (LiveCollector collector =
        new LiveCollector(
            sources, Optional.of(sources.getFirst().name()), Limits.DEFAULT, Clock.systemUTC())) {
      return json(new Answering(kept(collector)).answer(question));
    }
  }

  /** With -Dlab.bundles=FOLDER everything that is seen is kept there as bundles. */
  private static Collector kept(Collector collector) {
    String folder = System.getProperty("lab.bundles", "");
    return folder.isEmpty() ? collector : new Keeping(collector, Path.of(folder));
  }

  private record Keeping(Collector collector, Path folder) implements Collector {
    @Override
    public List<String> clusters() {
      return collector.clusters();
    }

    @Override
    public Optional<String> defaultCluster() {
      return collector.defaultCluster();
    }

    @Override
    public Snapshot collect(Ask ask) {
      Snapshot snapshot = collector.collect(ask);
      String target = ask.target().shown();
      String name = target.replaceAll("[^a-z0-9.-]", "_") + "-" + snapshot.at().toEpochMilli();
      try {
        new BundleWriter()
            .write(
                new Bundle(snapshot, Optional.of(target), Optional.of("Captured from the lab.")),
                folder.resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return snapshot;
    }
  }

  public static List<ClusterSource> sources(Path kubeconfig) {
    try {
      return Kubeconfigs.read(kubeconfig, Limits.DEFAULT).clusters();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(Reply reply) {
    return switch (reply) {
      case Reply.Refused r -> throw new AssertionError("refused: " + r.sentence());
      case Reply.Answered a -> {
        try {
          yield new ObjectMapper().readTree(JsonReport.of(a, new JsonReport.Timing(0, 0)));
        } catch (JsonProcessingException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  /** The findings as {@code id Kind/namespace/name} with their role. */
  public static Map<String, String> roles(JsonNode document) {
    Map<String, String> roles = new TreeMap<>();
    for (JsonNode f : document.get("findings")) {
      JsonNode s = f.get("subject");
      roles.put(
          f.get("id").asText()
              + " "
              + s.get("kind").asText()
              + "/"
              + s.get("namespace").asText()
              + "/"
              + s.get("name").asText(),
          f.get("role").asText());
    }
    return roles;
  }

  /** The ids that the findings of an id explain. */
  public static Set<String> explains(JsonNode document, String id) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode f : document.get("findings")) {
      if (f.get("id").asText().equals(id)) {
        f.get("explains").forEach(k -> ids.add(k.asText().substring(0, k.asText().indexOf('@'))));
      }
    }
    return ids;
  }

  /** The one finding of an id. */
  public static JsonNode finding(JsonNode document, String id) {
    for (JsonNode f : document.get("findings")) {
      if (f.get("id").asText().equals(id)) {
        return f;
      }
    }
    throw new AssertionError("no " + id + " in " + document);
  }

  /** The first root cause's id, or the verdict when there is none. */
  public static String cause(JsonNode document) {
    for (JsonNode f : document.get("findings")) {
      if (f.get("role").asText().equals("root-cause")) {
        return f.get("id").asText();
      }
    }
    return document.get("verdict").asText();
  }
}

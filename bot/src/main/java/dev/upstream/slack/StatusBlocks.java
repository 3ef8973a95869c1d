package dev.upstream.slack;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which clusters are reached, what they run, and what may not be read there. */
public final class StatusBlocks {
  private static final int MOST_CLUSTERS = 30;
  private static final int MOST_RIGHTS = 10;

  private StatusBlocks() {}

  /** How a cluster does. */
  public sealed interface Reach {
    /**
     * It answered.
     *
     * @param version of its API server; empty where it is not told
     * @param meshes versions of the istiods seen; may be empty
     * @param trouble what could not be asked all the same, in sentences
     */
    record Reached(Optional<String> version, List<String> meshes, Optional<String> trouble)
        implements Reach {
      public Reached {
        meshes = List.copyOf(meshes);
      }
    }

    /** A file, not a cluster that runs. */
    record Recorded(Instant at) implements Reach {}

    /**
     * It answered, and nothing of it can be read.
     *
     * @param why sentences, with what helps
     */
    record Closed(String why) implements Reach {}

    /**
     * It did not answer.
     *
     * @param why a sentence
     * @param remedy what helps; may be empty
     */
    record Unreached(String why, String remedy) implements Reach {}
  }

  /**
   * A cluster as it is asked about.
   *
   * @param missing rights that checks would need, each such as {@code list pods in shop}
   */
  public record Cluster(String name, boolean usual, Reach reach, List<String> missing) {
    public Cluster {
      missing = List.copyOf(missing);
    }
  }

  /**
   * All of them.
   *
   * @param version of the bot
   * @param at when the clusters were asked
   */
  public static Message of(
      List<Cluster> clusters, String version, ZoneId zone, Instant at, Instant now) {
    Times times = new Times(zone, now);
    long out = clusters.stream().filter(StatusBlocks::out).count();
    String title =
        clusters.isEmpty()
            ? "No cluster is configured that you may see"
            : out == 0
                ? Wording.count(clusters.size(), "cluster") + ", all reached"
                : out + " of " + Wording.count(clusters.size(), "cluster") + " can't be read";
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.Section.rich(new Span.Strong(title)));
    clusters.stream().limit(MOST_CLUSTERS).forEach(c -> blocks.add(cluster(c, times)));
    if (clusters.size() > MOST_CLUSTERS) {
      blocks.add(
          Block.Section.plain("and " + (clusters.size() - MOST_CLUSTERS) + " more clusters"));
    }
    blocks.add(Block.Context.plain("Asked at " + times.since(at) + ". Upstream " + version + "."));
    return new Message(title, blocks);
  }

  private static Block cluster(Cluster cluster, Times times) {
    List<Span> spans = new ArrayList<>();
    spans.add(new Span.Words(sign(cluster) + " "));
    spans.add(new Span.Code(cluster.name()));
    spans.add(
        new Span.Words((cluster.usual() ? " (the usual one)" : "") + ": " + reach(cluster, times)));
    if (!cluster.missing().isEmpty()) {
      spans.add(
          new Span.Words("\nI may not: " + Wording.some(cluster.missing(), MOST_RIGHTS) + "."));
    }
    return Block.Section.rich(spans);
  }

  private static String sign(Cluster cluster) {
    if (out(cluster)) {
      return "\uD83D\uDD34";
    }
    boolean whole =
        cluster.missing().isEmpty()
            && !(cluster.reach() instanceof Reach.Reached r && r.trouble().isPresent());
    return whole ? "\uD83D\uDFE2" : "\uD83D\uDFE1";
  }

  private static boolean out(Cluster cluster) {
    return switch (cluster.reach()) {
      case Reach.Reached r -> false;
      case Reach.Recorded r -> false;
      case Reach.Closed c -> true;
      case Reach.Unreached u -> true;
    };
  }

  private static String reach(Cluster cluster, Times times) {
    return switch (cluster.reach()) {
      case Reach.Reached r ->
          "reached, "
              + r.version().map(v -> "Kubernetes " + v).orElse("its version is not told")
              + (r.meshes().isEmpty() ? "" : ", Istio " + Wording.some(r.meshes(), 3))
              + (cluster.missing().isEmpty() ? "" : ", but not all of it may be read")
              + r.trouble().map(t -> ". " + Wording.sentence(t)).orElse("");
      case Reach.Closed c -> "it answers, but nothing can be read. " + Wording.sentence(c.why());
      case Reach.Recorded r -> "a recording of " + times.day(r.at());
      case Reach.Unreached u ->
          "not reached. "
              + Wording.sentence(u.why())
              + Optional.of(Wording.sentence(u.remedy()))
                  .filter(w -> !w.isEmpty())
                  .map(w -> " What helps: " + w)
                  .orElse("");
    };
  }
}

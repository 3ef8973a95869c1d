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

    /**
     * A file, not a cluster that runs.
     *
     * @param trouble what is wrong with it, in sentences
     */
    record Recorded(Instant at, Optional<String> trouble) implements Reach {}

    /**
     * It answered, and nothing of it can be read.
     *
     * @param why sentences, with what helps
     */
    record Closed(String why) implements Reach {}

    /**
     * It did not answer.
     *
     * @param why sentences, with what helps
     */
    record Unreached(String why) implements Reach {}
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
    long partly = clusters.stream().filter(c -> !out(c) && !whole(c)).count();
    String title =
        clusters.isEmpty()
            ? "No cluster is configured that you may see"
            : (out == 0
                    ? Wording.count(clusters.size(), "cluster") + ", all reached"
                    : out + " of " + Wording.count(clusters.size(), "cluster") + " can't be read")
                + (partly == 0 ? "" : ", " + partly + " only in part");
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
    spans.add(new Span.Words((cluster.usual() ? " (default)" : "") + ": " + reach(cluster, times)));
    if (!cluster.missing().isEmpty()) {
      spans.add(
          new Span.Words(
              (cluster.missing().size() == 1 ? "\nMissing right: " : "\nMissing rights: ")
                  + Wording.some(cluster.missing(), MOST_RIGHTS)
                  + "."));
    }
    return Block.Section.rich(spans);
  }

  private static String sign(Cluster cluster) {
    if (out(cluster)) {
      return "\uD83D\uDD34";
    }
    return whole(cluster) ? "\uD83D\uDFE2" : "\uD83D\uDFE1";
  }

  /** Whether nothing is missing there. */
  private static boolean whole(Cluster cluster) {
    return cluster.missing().isEmpty()
        && switch (cluster.reach()) {
          case Reach.Reached r -> r.trouble().isEmpty();
          case Reach.Recorded r -> r.trouble().isEmpty();
          case Reach.Closed c -> false;
          case Reach.Unreached u -> false;
        };
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
              + r.trouble().map(t -> ". " + Wording.sentence(times.told(t))).orElse("");
      case Reach.Closed c ->
          "it answers, but nothing can be read. " + Wording.sentence(times.told(c.why()));
      case Reach.Recorded r ->
          "a recording of "
              + times.day(r.at())
              + r.trouble().map(t -> ". " + Wording.sentence(t)).orElse("");
      case Reach.Unreached u -> "not reached. " + Wording.sentence(times.told(u.why()));
    };
  }
}

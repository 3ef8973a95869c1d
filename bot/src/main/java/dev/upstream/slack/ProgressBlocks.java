package dev.upstream.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The headline before there is an answer: what is asked of whom, and for how long already. */
public final class ProgressBlocks {
  private ProgressBlocks() {}

  /**
   * A check on its way.
   *
   * @param target as the person named it
   * @param clusters every one that is asked; empty while that is not known
   * @param answered those that were read already
   * @param asked when it was asked for
   */
  public record Looking(
      String target,
      String asker,
      List<String> clusters,
      List<String> answered,
      Stage stage,
      Instant asked) {
    public Looking {
      clusters = List.copyOf(clusters);
      answered = List.copyOf(answered);
    }
  }

  /** How far it has come. */
  public enum Stage {
    /** Other checks go first. */
    WAITING,
    ASKING,
    /** Begun anew after whoever ran it went away. */
    AGAIN
  }

  /** The message as it should be at a time; later ones say how long it takes. */
  public static Message looking(Looking looking, ZoneId zone, Instant now) {
    Duration elapsed = Duration.between(looking.asked(), now);
    String title =
        switch (looking.stage()) {
          case WAITING -> "Waiting to look at " + looking.target() + ": other checks go first";
          case ASKING, AGAIN -> "Looking at " + looking.target();
        };
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.Section.rich(new Span.Strong("\u23F3 " + title)));
    String doing = doing(looking);
    if (!doing.isEmpty()) {
      blocks.add(Block.Section.plain(doing));
    }
    blocks.add(
        Block.Context.plain(
            "Asked by "
                + looking.asker()
                + " at "
                + new Times(zone, now).clock(looking.asked())
                + (elapsed.compareTo(Duration.ofSeconds(1)) < 0
                    ? "."
                    : ", " + Times.length(elapsed) + " so far.")));
    return new Message(title, blocks);
  }

  private static String doing(Looking looking) {
    List<String> open =
        looking.clusters().stream().filter(c -> !looking.answered().contains(c)).toList();
    String again =
        looking.stage() == Stage.AGAIN ? "Started again: the first try was cut off. " : "";
    if (looking.stage() == Stage.WAITING) {
      return "";
    }
    if (looking.clusters().isEmpty()) {
      return again.strip();
    }
    if (open.isEmpty()) {
      return again + "Read; finding the cause.";
    }
    return again
        + "Asking "
        + clusters(open)
        + " for the objects, proxies and logs on the request's path"
        + (looking.answered().isEmpty() ? "" : "; read " + clusters(looking.answered()))
        + ".";
  }

  private static String clusters(List<String> names) {
    return (names.size() == 1 ? "cluster " : "clusters ") + Wording.some(names, 5);
  }
}

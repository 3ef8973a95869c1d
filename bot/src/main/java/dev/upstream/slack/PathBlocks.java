package dev.upstream.slack;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The way of the request, a line each hop: how many requests pass, and how it does. */
public final class PathBlocks {
  private static final int MOST_HOPS = 20;

  private PathBlocks() {}

  public static Message of(Diagnosis d) {
    String title = "The way of requests to " + d.target();
    List<String> lines = new ArrayList<>();
    for (Diagnosis.HopState h : d.hops().subList(0, Math.min(MOST_HOPS, d.hops().size()))) {
      lines.add(line(h, d.verdict()));
    }
    if (d.hops().size() > MOST_HOPS) {
      lines.add("and " + (d.hops().size() - MOST_HOPS) + " more, in Show evidence");
    }
    return new Message(
        title,
        List.of(
            Block.Section.rich(new Span.Strong("The way of the request")),
            Block.Section.plain(String.join("\n", lines))));
  }

  /** Where not everything could be seen, a hop without a fault is not said to work. */
  private static String line(Diagnosis.HopState h, Verdict verdict) {
    boolean unsure = verdict == Verdict.UNKNOWN && h.state() == Diagnosis.State.OK;
    return (unsure ? "\u25AB\uFE0F" : Wording.icon(h.state()))
        + " "
        + Wording.percent(h.hop().share())
        + "  "
        + h.hop().ref().words()
        + (h.hop().detail().isEmpty() ? "" : " (" + h.hop().detail() + ")")
        + ": "
        + (unsure ? "no fault seen" : Wording.state(h.state()));
  }
}

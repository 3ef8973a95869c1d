package dev.upstream.slack;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Percent;
import dev.upstream.diagnosis.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The path of the request, a line each hop: how many requests pass, and how it does. */
public final class PathBlocks {
  private static final int MOST_HOPS = 20;

  private PathBlocks() {}

  public static Message of(Diagnosis d) {
    String title = "The path of requests to " + d.target();
    List<String> lines = new ArrayList<>();
    for (Diagnosis.HopState h : d.hops().subList(0, Math.min(MOST_HOPS, d.hops().size()))) {
      lines.add(line(h, d));
    }
    if (d.hops().size() > MOST_HOPS) {
      lines.add("and " + (d.hops().size() - MOST_HOPS) + " more, in Show evidence");
    }
    return new Message(
        title,
        List.of(
            Block.Section.rich(
                new Span.Strong("The request's path"),
                new Span.Words(", and how many of the requests pass each step")),
            Block.Section.plain(String.join("\n", lines))));
  }

  /** Where not everything could be seen, a hop without a fault is not said to work. */
  private static String line(Diagnosis.HopState h, Diagnosis d) {
    boolean unsure = d.verdict() == Verdict.UNKNOWN && h.state() == Diagnosis.State.OK;
    boolean several = d.hops().stream().map(x -> x.hop().cluster()).distinct().count() > 1;
    return (unsure ? "\u25AB\uFE0F" : Wording.icon(h.state()))
        + " "
        + Percent.of(h.hop().share())
        + "  "
        + h.hop().ref().words()
        + (several ? " in cluster " + h.hop().cluster() : "")
        + (h.hop().detail().isEmpty() ? "" : " (" + Wording.step(h.hop()) + ")")
        + ": "
        + (unsure ? "no fault seen" : Wording.state(h.state()));
  }
}

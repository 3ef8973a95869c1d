package dev.upstream.slack;

import dev.upstream.diagnosis.Diagnosis;
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
      lines.add(
          Wording.icon(h.state())
              + " "
              + Wording.percent(h.hop().share())
              + "  "
              + h.hop().ref().words()
              + (h.hop().detail().isEmpty() ? "" : " (" + h.hop().detail() + ")")
              + ": "
              + Wording.state(h.state()));
    }
    if (d.hops().size() > MOST_HOPS) {
      lines.add("and " + (d.hops().size() - MOST_HOPS) + " more");
    }
    return new Message(
        title,
        List.of(
            Block.Section.rich(new Span.Strong("The way of the request")),
            Block.Section.plain(String.join("\n", lines))));
  }
}

package dev.upstream.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The log of the node facts reader (config/node-facts.yml): whole reports, one after another. */
public final class NodeFactsLog {
  /** The label that the reader's pods carry. */
  public static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/name", "upstream-node-facts");

  private static final String BEGIN = "=== node facts 1";
  private static final String END = "=== end";
  private static final String FILE = "--- ";

  private NodeFactsLog() {}

  /** The files of the newest whole report; empty when there is none. */
  public static Optional<SortedMap<String, String>> newest(List<String> lines) {
    int end = lines.lastIndexOf(END);
    int begin = end < 0 ? -1 : lines.subList(0, end).lastIndexOf(BEGIN);
    if (begin < 0) {
      return Optional.empty();
    }
    SortedMap<String, String> files = new TreeMap<>();
    StringBuilder text = new StringBuilder();
    String file = "";
    for (String line : lines.subList(begin + 1, end + 1)) {
      if (line.startsWith(FILE) || line.equals(END)) {
        if (NodeFacts.FILES.contains(file)) {
          files.put(file, text.toString());
        }
        text.setLength(0);
        file = line.equals(END) ? "" : line.substring(FILE.length()).strip();
      } else {
        text.append(line).append('\n');
      }
    }
    return Optional.of(files);
  }
}

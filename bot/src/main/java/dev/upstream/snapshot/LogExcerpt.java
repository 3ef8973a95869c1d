package dev.upstream.snapshot;

import java.util.List;

/**
 * The end of a container's log, already redacted by {@link LogRedaction}.
 *
 * @param truncated whether older lines of the window were left out
 */
public record LogExcerpt(
    String namespace,
    String pod,
    String container,
    boolean previous,
    List<String> lines,
    boolean truncated) {
  public LogExcerpt {
    lines = List.copyOf(lines);
  }

  public String id() {
    return namespace + "/" + pod + "/" + container;
  }
}

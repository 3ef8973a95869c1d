package dev.upstream.path;

import dev.upstream.snapshot.Gap;
import java.util.List;

/** What a target turned out to be. */
public sealed interface Resolution {
  /** More than one path when a host's rules are routes of their own (RULES.md R6). */
  record Found(List<RequestPath> paths, Scope scope) implements Resolution {}

  /** Nothing has this name, and everything that could was read (RULES.md R7). */
  record NotFound(List<Choice> near) implements Resolution {}

  /**
   * The Service is there, the port is not.
   *
   * @param ports those that it has, in words
   */
  record NoSuchPort(Choice service, int port, List<String> ports) implements Resolution {
    public NoSuchPort {
      ports = List.copyOf(ports);
    }
  }

  /** Several Services have the name; one must be chosen. */
  record Ambiguous(List<Choice> choices) implements Resolution {}

  /**
   * Nothing has this name in what was seen, and something that could was not seen.
   *
   * @param scope what may yet be read to see more
   */
  record Unseen(List<Gap> gaps, Scope scope) implements Resolution {}
}

package dev.upstream.slack;

import java.util.List;

/** What stands in a block. */
public sealed interface Text {
  /** Shown letter by letter: the choice for whatever came from a cluster or a person. */
  record Plain(String text) implements Text {}

  record Rich(List<Span> spans) implements Text {
    public Rich {
      spans = List.copyOf(spans);
    }
  }
}

package dev.upstream.slack;

import java.util.List;

/** A part of a message, before the guard. */
public sealed interface Block {
  record Header(String text) implements Block {}

  record Section(Text text) implements Block {
    static Section plain(String text) {
      return new Section(new Text.Plain(text));
    }

    static Section rich(Span... spans) {
      return new Section(new Text.Rich(List.of(spans)));
    }
  }

  /** Small print. */
  record Context(Text text) implements Block {
    static Context plain(String text) {
      return new Context(new Text.Plain(text));
    }
  }

  record Divider() implements Block {}
}

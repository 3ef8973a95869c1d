package dev.upstream.slack;

import java.util.List;

/** A part of a message or a modal, before the guard. */
public sealed interface Block {
  record Header(String text) implements Block {}

  /** A paragraph. */
  record Section(Text text) implements Block {
    static Section plain(String text) {
      return new Section(new Text.Plain(text));
    }

    static Section rich(Span... spans) {
      return new Section(new Text.Rich(List.of(spans)));
    }

    static Section rich(List<Span> spans) {
      return new Section(new Text.Rich(spans));
    }
  }

  /** Small print. */
  record Context(Text text) implements Block {
    static Context plain(String text) {
      return new Context(new Text.Plain(text));
    }
  }

  /** Buttons in a row; the last thing that is cut from a message that is too long. */
  record Actions(List<Button> buttons) implements Block {
    private static final int MOST = 25;

    public Actions {
      buttons = List.copyOf(buttons);
      if (buttons.isEmpty() || buttons.size() > MOST) {
        throw new IllegalArgumentException("1 to " + MOST + " buttons, not " + buttons.size());
      }
    }

    static Actions of(Button... buttons) {
      return new Actions(List.of(buttons));
    }
  }

  /**
   * Something to fill in; only in a modal.
   *
   * @param hint below it; may be empty
   */
  record Input(Action action, String label, String hint, boolean optional, Field field)
      implements Block {}
}

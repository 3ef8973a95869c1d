package dev.upstream.slack;

/**
 * Something to press.
 *
 * @param label a word or two
 * @param spoken what a screen reader says: the label with what it does
 */
public record Button(Action action, Handle handle, String label, String spoken) {
  public Button {
    if (label.isBlank() || spoken.isBlank()) {
      throw new IllegalArgumentException("a button has a label");
    }
  }

  static Button of(Action action, Handle handle, String label, String spoken) {
    return new Button(action, handle, label, spoken);
  }

  static Button recheck(Handle run) {
    return of(Action.RECHECK, run, "Re-check", "Look again now");
  }

  static Button explain(Handle finding) {
    return of(Action.EXPLAIN, finding, "Explain", "Explain this and how to end it");
  }

  static Button mute(Handle finding) {
    return of(Action.MUTE, finding, "Mute\u2026", "Mute this finding for a while");
  }

  static Button unmute(Handle finding) {
    return of(Action.UNMUTE, finding, "Unmute", "Tell about this finding again");
  }
}

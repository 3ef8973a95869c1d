package dev.upstream.workspace;

/** Something that Slack does not let a person do: a button that is gone, a field left empty. */
public final class Impossible extends RuntimeException {
  private static final long serialVersionUID = 1;

  Impossible(String why) {
    super(why);
  }
}

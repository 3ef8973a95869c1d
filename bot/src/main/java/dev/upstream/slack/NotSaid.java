package dev.upstream.slack;

/** Slack did not say who somebody is, whose right decides what may be told. */
final class NotSaid extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotSaid() {
    super("Slack does not say who somebody is", null, false, false);
  }
}

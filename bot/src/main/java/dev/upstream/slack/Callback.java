package dev.upstream.slack;

/** What Slack calls back by name: modals that were sent, and the shortcut on a message. */
public enum Callback {
  CHECK("check:v1"),
  MUTE("mute:v1"),
  LOADING("loading:v1"),
  CHECK_FROM_MESSAGE("check_from_message");

  private final String id;

  Callback(String id) {
    this.id = id;
  }

  /** Slack's {@code callback_id}. */
  public String id() {
    return id;
  }
}

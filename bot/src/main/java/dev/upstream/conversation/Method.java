package dev.upstream.conversation;

import java.time.Duration;

/** A method of Slack's that the outbox calls, and how often Slack takes it (SLACK.md section 2). */
public enum Method {
  POST("chat.postMessage", true, Duration.ofMillis(1_050), 1),
  UPDATE("chat.update", false, Duration.ofMillis(1_500), 10),
  DELETE("chat.delete", false, Duration.ofMillis(1_500), 10),
  WHISPER("chat.postEphemeral", false, Duration.ofMillis(750), 20),
  UPLOAD("files.getUploadURLExternal", false, Duration.ofMillis(750), 20),
  SHARE("files.completeUploadExternal", false, Duration.ofMillis(750), 20),
  HISTORY("conversations.history", false, Duration.ofMillis(1_500), 10),
  REPLIES("conversations.replies", false, Duration.ofMillis(1_500), 10);

  private final String slackName;
  private final boolean perChannel;
  private final Duration every;
  private final int burst;

  Method(String slackName, boolean perChannel, Duration every, int burst) {
    this.slackName = slackName;
    this.perChannel = perChannel;
    this.every = every;
    this.burst = burst;
  }

  /** The limit that a call at this place counts against. */
  public Door at(Place place) {
    String scope = perChannel ? place.team() + "/" + place.channel() : place.team();
    return new Door(slackName + "/" + scope, every, burst);
  }
}

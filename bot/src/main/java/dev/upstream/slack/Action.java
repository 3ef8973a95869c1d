package dev.upstream.slack;

import java.util.Arrays;
import java.util.Optional;

/**
 * Everything that a person can press, choose or fill in. What a button of an old message means
 * never changes: a new meaning gets a new version.
 */
public enum Action {
  EVIDENCE("evidence:v1"),
  EXPLAIN("explain:v1"),
  RECHECK("recheck:v1"),
  JSON("json:v1"),
  MUTE("mute:v1"),
  UNMUTE("unmute:v1"),
  USEFUL("useful:v1"),
  NOT_USEFUL("not_useful:v1"),
  /** What {@code /upstream status} asks for; under no message. */
  STATUS("status:v1"),
  TARGET("target:v1"),
  CLIENT("client:v1"),
  CLUSTER("cluster:v1"),
  NAMESPACE("namespace:v1"),
  SERVICE("service:v1"),
  DURATION("duration:v1"),
  REASON("reason:v1");

  private final String id;

  Action(String id) {
    this.id = id;
  }

  /** What Slack sends back as {@code action_id}; an input's {@code block_id} is the same. */
  public String id() {
    return id;
  }

  /** Empty for what this version of the bot does not know, such as a button from before. */
  public static Optional<Action> of(String id) {
    return Arrays.stream(values()).filter(a -> a.id.equals(id)).findFirst();
  }
}

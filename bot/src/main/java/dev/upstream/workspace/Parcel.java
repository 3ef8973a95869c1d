package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Something for the bot, by whichever way.
 *
 * @param type as the envelope of a socket names it
 * @param id the event's id, else the trigger's
 * @param attempt 0 for the first
 * @param reason why it is sent again; empty for the first
 */
record Parcel(Type type, String id, ObjectNode payload, int attempt, String reason) {
  /** What it is. */
  enum Type {
    SLASH_COMMANDS,
    INTERACTIVE,
    EVENTS_API;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static Parcel of(Type type, String id, ObjectNode payload) {
    return new Parcel(type, id, payload, 0, "");
  }

  Parcel again(String newReason) {
    return new Parcel(type, id, payload, attempt + 1, newReason);
  }

  /** As a signed request. */
  SignedRequest signed(String secret, Instant at) {
    SignedRequest request =
        SignedRequest.of(body().getBytes(StandardCharsets.UTF_8), secret, at)
            .with(
                "Content-Type",
                type == Type.EVENTS_API ? "application/json" : "application/x-www-form-urlencoded");
    return attempt == 0
        ? request
        : request
            .with("X-Slack-Retry-Num", Integer.toString(attempt))
            .with("X-Slack-Retry-Reason", reason);
  }

  private String body() {
    return switch (type) {
      case EVENTS_API -> payload.toString();
      case INTERACTIVE ->
          "payload=" + URLEncoder.encode(payload.toString(), StandardCharsets.UTF_8);
      case SLASH_COMMANDS -> {
        List<String> pairs = new ArrayList<>();
        payload
            .properties()
            .forEach(
                e ->
                    pairs.add(
                        e.getKey()
                            + "="
                            + URLEncoder.encode(e.getValue().asText(), StandardCharsets.UTF_8)));
        yield String.join("&", pairs);
      }
    };
  }

  /** As a socket carries it. */
  ObjectNode envelope(String envelopeId) {
    ObjectNode envelope =
        Arguments.JSON
            .createObjectNode()
            .put("envelope_id", envelopeId)
            .put("type", type.word())
            .put("accepts_response_payload", type != Type.EVENTS_API);
    if (type == Type.EVENTS_API) {
      envelope.put("retry_attempt", attempt).put("retry_reason", reason);
    }
    envelope.set("payload", payload);
    return envelope;
  }
}

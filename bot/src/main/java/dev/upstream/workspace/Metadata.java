package dev.upstream.workspace;

import com.fasterxml.jackson.databind.JsonNode;

/** What a bot hangs on a message for itself. */
final class Metadata {
  private static final int LARGEST = 16_000;

  private Metadata() {}

  /** The metadata of a call, an empty object if there is none. */
  static JsonNode of(Asking asking) throws Refused {
    if (asking.given().find("metadata").isEmpty()) {
      return Asking.done();
    }
    JsonNode metadata = asking.given().json("metadata");
    if (!metadata.isObject()) {
      throw asking.bad("invalid_metadata_format", "no object");
    }
    if (metadata.isEmpty()) {
      return metadata;
    }
    if (metadata.path("event_type").asText().isEmpty()
        || !metadata.path("event_payload").isObject()) {
      throw asking.bad("invalid_metadata_schema", "event_type and event_payload are required");
    }
    if (metadata.toString().length() > LARGEST) {
      throw asking.bad("metadata_too_large");
    }
    return metadata;
  }
}

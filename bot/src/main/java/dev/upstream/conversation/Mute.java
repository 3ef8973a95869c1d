package dev.upstream.conversation;

import java.time.Instant;

/**
 * Somebody knows of a finding and does not want to be told.
 *
 * @param finding its key, id@cluster/kind/namespace/name
 */
public record Mute(String finding, Instant since, Instant until, String reason, Person by) {}

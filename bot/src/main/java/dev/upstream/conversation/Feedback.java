package dev.upstream.conversation;

import java.time.Instant;

/** What somebody thinks of an answer; the newest word of each person counts. */
public record Feedback(String run, Person by, boolean useful, Instant at) {}

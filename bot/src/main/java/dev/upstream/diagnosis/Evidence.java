package dev.upstream.diagnosis;

import dev.upstream.snapshot.Source;

/**
 * A proof.
 *
 * @param command what a person runs to see the same
 */
public record Evidence(Source source, String text, String command) {}

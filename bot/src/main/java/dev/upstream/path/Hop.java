package dev.upstream.path;

import dev.upstream.snapshot.ObjectRef;

/**
 * One object that a request passes on its way.
 *
 * @param share the fraction of the target's requests that pass here (RULES.md R8)
 */
public record Hop(String cluster, ObjectRef ref, String detail, double share) {}

package dev.upstream.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** placeholder until dir4 */
public record ClusterStatus(
    String cluster,
    boolean recorded,
    boolean reachable,
    Optional<String> kubernetes,
    List<String> istio,
    List<String> missingRights,
    Optional<String> trouble,
    Optional<Instant> seenAt) {}

package dev.upstream.path;

import dev.upstream.target.Target;
import java.util.Optional;

/**
 * A question: what, from which cluster, as which client.
 *
 * @param cluster where the client is
 * @param client {@code namespace} or {@code namespace/workload}; empty to assume the usual one
 * @param namespace where to look for a Service, Pod or Ingress named without one
 */
public record Ask(
    Target target, String cluster, Optional<String> client, Optional<String> namespace) {}

package dev.upstream.config;

/**
 * How politely a cluster is asked (PRODUCT.md section 7).
 *
 * @param parallelRequests to its API server at the same time, by each replica
 * @param parallelChecks that look into it at the same time, over all replicas
 */
public record Caps(int parallelRequests, int parallelChecks) {
  public static final Caps USUAL = new Caps(8, 4);
}

package dev.upstream.config;

/**
 * How politely a cluster is asked (PRODUCT.md section 7).
 *
 * @param requestsPerSecond to its API server
 * @param parallelRequests at the same time
 */
public record Caps(int requestsPerSecond, int parallelRequests) {
  public static final Caps USUAL = new Caps(20, 8);
}

package dev.upstream.config;

/**
 * How politely a cluster is asked (PRODUCT.md section 7).
 *
 * @param parallelRequests to its API server at the same time
 */
public record Caps(int parallelRequests) {
  public static final Caps USUAL = new Caps(8);
}

package dev.upstream.diagnosis;

/**
 * Whether a leg's destination can take requests (RULES.md R8), as fractions of the proxies that
 * were read; 0 or 1 where objects had to do.
 *
 * @param empty the destination exists and nothing in it is usable
 * @param noCluster the proxy does not know the destination
 * @param known false when neither proxies nor objects could tell
 * @param byProxies whether proxies were read
 */
public record Serving(double empty, double noCluster, boolean known, boolean byProxies) {
  public double failing() {
    return Math.min(1, empty + noCluster);
  }
}

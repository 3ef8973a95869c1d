package dev.upstream.replica;

/** What chance begins with: printed, and given by {@code -Dupstream.seed} to do the same again. */
final class Seed {
  private Seed() {}

  static long of(Class<?> test) {
    long seed = Long.getLong("upstream.seed", System.nanoTime());
    System.out.printf("%s: -Dupstream.seed=%d%n", test.getSimpleName(), seed);
    return seed;
  }
}

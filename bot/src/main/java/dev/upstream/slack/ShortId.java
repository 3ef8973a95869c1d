package dev.upstream.slack;

import dev.upstream.conversation.Digest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids that nobody guesses: 80 bits, 20 characters. */
final class ShortId {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 10;

  private ShortId() {}

  /** Always the same one for the same text, however long. */
  static String of(String text) {
    return Digest.of(text).substring(0, 2 * BYTES);
  }

  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

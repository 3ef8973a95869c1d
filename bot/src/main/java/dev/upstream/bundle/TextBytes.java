package dev.upstream.bundle;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The text of a file whose encoding stands in its first bytes: a mark, or the zeros beside an ASCII
 * character (YAML 1.2.2, section 5.2).
 */
final class TextBytes {
  private TextBytes() {}

  static String decoded(byte[] bytes) {
    String text = new String(bytes, encoding(bytes));
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Charset encoding(byte[] bytes) {
    int first = 0;
    for (int i = 0; i < 4; i++) {
      first = first << 8 | (i < bytes.length ? bytes[i] & 0xff : 1);
    }
    if (first == 0x0000FEFF || first >>> 8 == 0) {
      return StandardCharsets.UTF_32BE;
    }
    if (first == 0xFFFE0000 || (first & 0x00FFFFFF) == 0) {
      return StandardCharsets.UTF_32LE;
    }
    if (first >>> 16 == 0xFEFF || first >>> 24 == 0) {
      return StandardCharsets.UTF_16BE;
    }
    boolean little = first >>> 16 == 0xFFFE || (first >>> 16 & 0xff) == 0;
    return little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
  }
}

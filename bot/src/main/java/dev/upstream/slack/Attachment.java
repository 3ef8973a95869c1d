package dev.upstream.slack;

import dev.upstream.snapshot.LogRedaction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A file as it is meant, before the guard.
 *
 * @param name of the file, in plain signs
 * @param title what stands above it
 */
public record Attachment(String name, String title, String text) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String PLAIN = "[A-Za-z0-9][A-Za-z0-9./:-]{0,70}";

  public Attachment {
    if (!name.matches("[a-z0-9][a-zA-Z0-9.-]{0,120}")) {
      throw new IllegalArgumentException("no name of a file");
    }
  }

  /**
   * {@code evidence-shop.example.com-20261121T101600Z.txt}; without the target where that is more
   * than a plain name.
   */
  static String name(String kind, String target, Instant at, String ending) {
    String bare = target.replaceAll("^https?://", "");
    String plain =
        bare.matches(PLAIN) && LogRedaction.mask(bare).equals(bare)
            ? "-" + bare.replaceAll("[^A-Za-z0-9.]+", "-").replaceAll("^[-.]+|[-.]+$", "")
            : "";
    return kind + plain + (at.equals(Instant.EPOCH) ? "" : "-" + STAMP.format(at)) + "." + ending;
  }
}

package dev.upstream.slack;

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
  private static final int LONGEST = 60;

  public Attachment {
    if (!name.matches("[a-z0-9][a-zA-Z0-9.-]{0,120}")) {
      throw new IllegalArgumentException("no name of a file");
    }
  }

  /** {@code evidence-shop.example.com-20261121T101600Z.txt}. */
  static String name(String kind, String target, Instant at, String ending) {
    String plain =
        target
            .toLowerCase(Locale.ROOT)
            .replaceAll("^https?://", "")
            .replaceAll("[^a-z0-9.]+", "-")
            .replaceAll("\\.{2,}", ".")
            .replaceAll("^[-.]+|[-.]+$", "");
    String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    return kind
        + (cut.isEmpty() ? "" : "-" + cut)
        + (at.equals(Instant.EPOCH) ? "" : "-" + STAMP.format(at))
        + "."
        + ending;
  }
}

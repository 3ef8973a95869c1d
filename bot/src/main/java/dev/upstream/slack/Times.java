package dev.upstream.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as a person reads them.
 *
 * @param zone in which they are shown
 * @param now what "ago" counts from
 */
record Times(ZoneId zone, Instant now) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss zzz", Locale.ENGLISH);

  /** {@code 09:58:12 UTC}; with the day where it is another one. */
  String clock(Instant time) {
    ZonedDateTime there = time.atZone(zone);
    boolean today = there.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? TIME : DAY_AND_TIME).format(there);
  }

  /** {@code 21 Nov 2026 10:16:00 UTC}. */
  String day(Instant time) {
    return DAY_AND_TIME.format(time.atZone(zone));
  }

  /** {@code 09:58:12 UTC, 17 minutes ago}. */
  String since(Instant time) {
    return clock(time) + ", " + ago(time);
  }

  String ago(Instant time) {
    long seconds = Math.round(Duration.between(time, now).toMillis() / 1e3);
    if (seconds < 1) {
      return "just now";
    }
    if (seconds < 120) {
      return count(seconds, "second");
    }
    if (seconds < 120 * 60) {
      return count(Math.round(seconds / 60d), "minute");
    }
    return seconds < 48 * 3600
        ? count(Math.round(seconds / 3600d), "hour")
        : count(Math.round(seconds / 86_400d), "day");
  }

  private static String count(long n, String unit) {
    return n + " " + unit + (n == 1 ? "" : "s") + " ago";
  }
}

package dev.upstream.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as a person reads them.
 *
 * @param zone in which they are shown
 * @param now what "ago" counts from
 */
public record Times(ZoneId zone, Instant now) {
  /**
   * Not those within a quoted log line, which stay as they are. Without looking behind and without
   * bounds of words, which take Java long in hostile text.
   */
  private static final Pattern TOLD =
      Pattern.compile(
          "( at | since | until )(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z)");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss zzz", Locale.ENGLISH);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm zzz", Locale.ENGLISH);

  /** {@code 09:58:12 UTC}; with the day where it is another one. */
  String clock(Instant time) {
    ZonedDateTime there = time.atZone(zone);
    boolean today = there.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? TIME : DAY_AND_TIME).format(there);
  }

  /** {@code Sun 22 Nov 09:00 UTC}. */
  String minute(Instant time) {
    return MINUTE.format(time.atZone(zone));
  }

  /** {@code 21 Nov 2026 10:16:00 UTC}. */
  String day(Instant time) {
    return DAY_AND_TIME.format(time.atZone(zone));
  }

  /** {@code 09:58:12 UTC, 17 minutes ago}. */
  String since(Instant time) {
    return clock(time) + ", " + ago(time);
  }

  /** A text of the core, in which each time that it tells stands as a person reads it. */
  String told(String text) {
    return TOLD.matcher(text).replaceAll(m -> Matcher.quoteReplacement(told(m)));
  }

  private String told(MatchResult time) {
    try {
      return time.group(1) + since(Instant.parse(time.group(2)));
    } catch (DateTimeParseException e) {
      return time.group();
    }
  }

  String ago(Instant time) {
    Duration past = Duration.between(time, now);
    return past.toMillis() < 500 ? "just now" : length(past) + " ago";
  }

  /** {@code 17 minutes}. */
  static String length(Duration length) {
    long seconds = Math.round(length.toMillis() / 1e3);
    if (seconds < 120) {
      return Wording.count((int) seconds, "second");
    }
    boolean hour = Math.abs(seconds - 3_600) <= 30;
    if (seconds < 120 * 60 && !hour) {
      return Wording.count((int) Math.round(seconds / 60d), "minute");
    }
    return seconds < 48 * 3600
        ? Wording.count((int) Math.round(seconds / 3600d), "hour")
        : Wording.count((int) Math.round(seconds / 86_400d), "day");
  }
}

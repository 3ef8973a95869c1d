package dev.upstream.slack;

import dev.upstream.diagnosis.SameCause;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for how long a finding is muted, and why. */
public final class MuteModal {
  private static final int LONGEST_REASON = 200;
  private static final LocalTime MORNING = LocalTime.of(9, 0);

  private MuteModal() {}

  /** How long. */
  public enum Length {
    HOUR("1h", "1 hour"),
    HOURS("4h", "4 hours"),
    TOMORROW("tomorrow", "until tomorrow 9:00"),
    WEEK("1w", "1 week");

    private final String value;
    private final String label;

    Length(String value, String label) {
      this.value = value;
      this.label = label;
    }

    /** As the modal sends it. */
    public static Optional<Length> of(String value) {
      return Arrays.stream(values()).filter(s -> s.value.equals(value)).findFirst();
    }

    /** When it ends. */
    public Instant until(Instant now, ZoneId zone) {
      ZonedDateTime there = now.atZone(zone);
      return switch (this) {
        case HOUR -> now.plusSeconds(3_600);
        case HOURS -> now.plusSeconds(4 * 3_600);
        case TOMORROW -> there.toLocalDate().plusDays(1).atTime(MORNING).atZone(zone).toInstant();
        case WEEK -> there.plusDays(7).toInstant();
      };
    }

    private Choice choice(Times times) {
      return new Choice(
          value, label + " (until " + times.minute(until(times.now(), times.zone())) + ")");
    }
  }

  /** What a sent modal means. */
  public sealed interface Outcome {
    record Muted(Instant until, String reason) implements Outcome {}

    /** By field, a sentence that says what to fill in. */
    record Wrong(Map<Action, String> errors) implements Outcome {}
  }

  /** What is shown at once, while the finding is looked up. */
  public static Modal loading() {
    return new Modal(
        Callback.LOADING,
        "Mute a finding",
        Optional.empty(),
        "",
        List.of(Block.Section.plain("Just a moment: I look up what I found.")));
  }

  /**
   * The form.
   *
   * @param handle of the finding
   */
  public static Modal of(SameCause same, Handle handle, ZoneId zone, Instant now) {
    Times times = new Times(zone, now);
    List<Choice> choices = Arrays.stream(Length.values()).map(s -> s.choice(times)).toList();
    return new Modal(
        Callback.MUTE,
        "Mute a finding",
        Optional.of("Mute"),
        handle.value(),
        List.of(
            Block.Section.plain(same.headline()),
            Block.Context.plain(
                "While it is muted, an answer in which nothing else is wrong is shown small. Other"
                    + " findings are told as ever, and anyone may unmute it."),
            new Block.Input(
                Action.DURATION,
                "For how long?",
                "",
                false,
                new Field.OneOf(choices, choices.getFirst())),
            new Block.Input(
                Action.REASON,
                "Why?",
                "Others read it instead of the alarm.",
                false,
                new Field.Typed("Known; the rollback is on its way", "", LONGEST_REASON, false))));
  }

  /**
   * What the fields mean.
   *
   * @param duration the value of the choice
   */
  public static Outcome read(String duration, String reason, Instant now, ZoneId zone) {
    Map<Action, String> errors = new EnumMap<>(Action.class);
    Optional<Length> span = Length.of(duration);
    if (span.isEmpty()) {
      errors.put(Action.DURATION, "Choose how long.");
    }
    String why = CleanText.line(reason).strip();
    if (why.isEmpty()) {
      errors.put(Action.REASON, "Say why, in a few words: others will read it.");
    } else if (why.length() > LONGEST_REASON) {
      errors.put(Action.REASON, "At most " + LONGEST_REASON + " characters.");
    }
    return errors.isEmpty()
        ? new Outcome.Muted(span.orElseThrow().until(now, zone), why)
        : new Outcome.Wrong(errors);
  }
}

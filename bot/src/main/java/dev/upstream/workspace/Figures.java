package dev.upstream.workspace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What was counted and measured; nothing here is right or wrong by itself. */
public final class Figures {
  private final List<Duration> acknowledgements = new ArrayList<>();
  private int late;
  private int unanswered;
  private int limited;
  private int impatient;
  private int excused;
  private int expiredTriggers;

  Figures() {}

  synchronized void acknowledged(Ack ack) {
    if (ack.status() == 0) {
      unanswered++;
      return;
    }
    acknowledgements.add(ack.took());
    if (!ack.inTime()) {
      late++;
    }
  }

  synchronized void limited(boolean tooEarly) {
    limited++;
    if (tooEarly) {
      impatient++;
    }
  }

  synchronized void excuse() {
    excused++;
  }

  synchronized void expiredTrigger() {
    expiredTriggers++;
  }

  /** Requests that the bot acknowledged. */
  public synchronized int acknowledged() {
    return acknowledgements.size();
  }

  /** Acknowledgements after more than three seconds. */
  public synchronized int late() {
    return late;
  }

  public synchronized int unanswered() {
    return unanswered;
  }

  /** Calls that were refused for coming too often. */
  public synchronized int limited() {
    return limited;
  }

  /** Those of them that came before the time that an earlier refusal had named. */
  public synchronized int impatient() {
    return impatient;
  }

  /** Calls that would have been refused for coming too often, had the limits not been off. */
  public synchronized int excused() {
    return excused;
  }

  /** Calls with a trigger of more than three seconds. */
  public synchronized int expiredTriggers() {
    return expiredTriggers;
  }

  /**
   * How long acknowledgements took.
   *
   * @param share 0.5 for the median, 0.99 for all but the slowest in a hundred
   */
  public synchronized Duration acknowledgement(double share) {
    List<Duration> sorted = acknowledgements.stream().sorted().toList();
    return sorted.isEmpty()
        ? Duration.ZERO
        : sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
  }

  @Override
  public synchronized String toString() {
    return "%d acknowledged (p50 %d ms, p99 %d ms, longest %d ms), %d late, %d unanswered; %d calls limited, %d of them impatient; %d triggers expired"
        .formatted(
            acknowledgements.size(),
            acknowledgement(0.5).toMillis(),
            acknowledgement(0.99).toMillis(),
            acknowledgement(1).toMillis(),
            late,
            unanswered,
            limited,
            impatient,
            expiredTriggers);
  }
}

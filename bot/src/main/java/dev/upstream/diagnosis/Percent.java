package dev.upstream.diagnosis;

import java.util.Locale;

/** A share as a person reads it: whole percents; one decimal where a whole number would lie. */
public final class Percent {
  private Percent() {}

  public static String of(double share) {
    double percent = share * 100;
    boolean whole = Math.abs(percent - Math.rint(percent)) < 0.05;
    return whole ? Math.round(percent) + " %" : String.format(Locale.ROOT, "%.1f %%", percent);
  }
}

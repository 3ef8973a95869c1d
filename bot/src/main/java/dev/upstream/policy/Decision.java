package dev.upstream.policy;

/** Whether a person may. */
public sealed interface Decision {
  /**
   * @param rule the first that fits
   */
  record Allowed(ReadRule rule) implements Decision {}

  /**
   * @param reason a sentence for the person
   */
  record Denied(String reason) implements Decision {
    /** Who asks is not known, and nothing is shown to nobody. */
    public static final Denied NOT_KNOWN =
        new Denied(
            "Slack could not say who you are just now, so nothing is shown. Try again in a"
                + " minute.");
  }
}

package dev.upstream.diagnosis;

/**
 * The answer in a sentence, in its parts.
 *
 * @param effect what happens to requests, without a full stop
 * @param cause why, as sentences; empty where nothing is known of it
 * @param open what of the cause was not found, or may not be told; empty where nothing is missing
 * @param asked how the one object does that was asked for, where that is another question
 */
public record Headline(String effect, String cause, String open, String asked) {
  public static Headline of(String effect, String cause) {
    return new Headline(effect, cause, "", "");
  }

  public Headline open(String words) {
    return new Headline(effect, cause, words, asked);
  }

  Headline asked(String words) {
    return new Headline(effect, cause, open, words);
  }

  /** All of it. */
  public String words() {
    return effect
        + (cause.isEmpty() ? "." : ": " + cause)
        + (open.isEmpty() ? "" : " " + open)
        + (asked.isEmpty() ? "" : " " + asked);
  }
}

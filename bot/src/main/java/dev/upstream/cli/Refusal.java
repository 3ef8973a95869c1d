package dev.upstream.cli;

/** Input that can't be used; the message is a sentence that says what to do. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Refusal(String sentence) {
    super(sentence);
  }
}

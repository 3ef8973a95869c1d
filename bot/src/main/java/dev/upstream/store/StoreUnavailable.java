package dev.upstream.store;

/** The database does not answer, or not as it should. */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreUnavailable(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}

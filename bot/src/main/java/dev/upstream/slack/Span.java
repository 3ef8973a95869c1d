package dev.upstream.slack;

import java.net.URI;

/** A piece of a rich text; whatever it holds, only its own kind decides how it looks. */
public sealed interface Span {
  String text();

  /** Running words, without any formatting of their own. */
  record Words(String text) implements Span {}

  /** A label in bold. */
  record Strong(String text) implements Span {}

  /** A name, in one line. */
  record Code(String text) implements Span {}

  /** Something to copy, such as a command. */
  record Preformatted(String text) implements Span {}

  /**
   * The address of another message, as Slack gave it.
   *
   * @param text what is shown of it
   */
  record Link(URI address, String text) implements Span {
    private static final String PERMALINK =
        "https://[a-z0-9-]{1,60}\\.slack(?:-gov)?\\.com/archives/[A-Z0-9]{1,30}/p\\d{10,20}"
            + "(?:\\?thread_ts=\\d{8,12}\\.\\d{6}&cid=[A-Z0-9]{1,30})?";

    static boolean isOne(String address) {
      return address.matches(PERMALINK);
    }

    public Link {
      if (!isOne(address.toString())) {
        throw new IllegalArgumentException("no address of a message");
      }
    }
  }
}

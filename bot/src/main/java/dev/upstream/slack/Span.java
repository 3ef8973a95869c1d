package dev.upstream.slack;

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
}

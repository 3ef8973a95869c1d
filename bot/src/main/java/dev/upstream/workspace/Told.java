package dev.upstream.workspace;

/** One thing that happened in a channel. */
sealed interface Told {
  /** Somebody did something that is no message. */
  record Did(String what) implements Told {}

  record Posted(Post post) implements Told {}

  record Edited(Post post) implements Told {}

  record Removed(String ts) implements Told {}
}

package dev.upstream.config;

import org.yaml.snakeyaml.error.Mark;

/** A setting that stops the start; its message is one sentence that names file, line and key. */
public final class BadConfig extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadConfig(String sentence) {
    super(sentence, null, false, false);
  }

  /** Lines are counted from 1, as editors do. */
  static BadConfig at(String file, Mark mark, String key, String problem) {
    return new BadConfig(
        file
            + ", line "
            + (mark.getLine() + 1)
            + (key.isEmpty() ? ": " : ", " + key + ": ")
            + problem);
  }
}

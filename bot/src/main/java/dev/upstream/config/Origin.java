package dev.upstream.config;

import org.yaml.snakeyaml.error.Mark;

/**
 * The file that settings come from, and how its places are named.
 *
 * @param columns whether a place is {@code file:line:column} instead of {@code file, line n}
 */
record Origin(String file, boolean columns) {
  /** Lines and columns are counted from 1, as editors do. */
  BadConfig bad(Mark mark, String key, String problem) {
    return columns
        ? new BadConfig(
            file
                + ":"
                + (mark.getLine() + 1)
                + ":"
                + (mark.getColumn() + 1)
                + ": "
                + (key.isEmpty() ? "" : key + ": ")
                + problem)
        : BadConfig.at(file, mark, key, problem);
  }
}

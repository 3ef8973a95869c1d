package dev.upstream.lab.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A container's log as a container runtime writes it, which is what kwok serves. kwok reads it with
 * the kubelet's own code: since, tail, timestamps, limitBytes, previous and follow are honoured;
 * there is no rotation, and a follower is not told when the container ends.
 */
final class CriLog {
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);
  private final Path file;

  CriLog(Path file) {
    this.file = file;
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return file;
  }

  void stdout(String line) {
    append("stdout", line);
  }

  void stderr(String line) {
    append("stderr", line);
  }

  private synchronized void append(String stream, String line) {
    try {
      Files.writeString(
          file,
          NANOS.format(Instant.now()) + " " + stream + " F " + line + "\n",
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // the lab is being cleaned away
    }
  }

  /** Copies a process's output until it ends. */
  void follow(String stream, BufferedReader reader) {
    Thread.ofPlatform()
        .daemon()
        .name("log " + file.getFileName())
        .start(
            () -> {
              try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                  append(stream, line);
                }
              } catch (IOException e) {
                // the process has ended
              }
            });
  }
}

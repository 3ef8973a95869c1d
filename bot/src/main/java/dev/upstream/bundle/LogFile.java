package dev.upstream.bundle;

import dev.upstream.snapshot.LogRedaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container's log as kubectl or the container runtime wrote it, each line redacted behind its
 * time prefix.
 */
final class LogFile {
  private static final int LONGEST_LINE = 16 * 1024;
  private static final int MOST_STEPS = 6;
  private static final int MOST_TEXT = 8 * 1024 * 1024;
  private static final String TIME = "(\\d{4}-\\d\\d-\\d\\dT[0-9:.]{8,18}(?:Z|[+-]\\d\\d:\\d\\d)) ";
  private static final Pattern RUNTIME = Pattern.compile(TIME + "(stdout|stderr) ([FP])(?: (.*))?");
  private static final Pattern KUBECTL =
      Pattern.compile(TIME + "(\\[\\d.*|\\d{4}/\\d\\d/\\d\\d .*|\\S+ - \\S+ \\[.*)");

  private LogFile() {}

  /**
   * What was kept of a log.
   *
   * @param cut whether older lines were left out
   */
  record Kept(List<String> lines, boolean cut) {
    Kept {
      lines = List.copyOf(lines);
    }
  }

  /** The newest lines; every line that is kept was redacted, and {@code seen} got it. */
  static Kept read(InputStream in, int most, Consumer<String> seen) throws IOException {
    Tail tail = new Tail(most);
    Map<String, String> parts = new HashMap<>();
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String raw = line(reader); raw != null; raw = line(reader)) {
      whole(raw, parts, l -> tail.add(redacted(l)));
    }
    new TreeMap<>(parts).values().forEach(part -> tail.add(redacted(part)));
    tail.lines.forEach(seen);
    return new Kept(List.copyOf(tail.lines), tail.cut);
  }

  /** The newest lines, as many as may be kept. */
  private static final class Tail {
    private final int most;
    private final Deque<String> lines = new ArrayDeque<>();
    private long text;
    private boolean cut;

    Tail(int most) {
      this.most = most;
    }

    void add(String line) {
      lines.addLast(line);
      text += line.length();
      while (lines.size() > most || text > MOST_TEXT) {
        text -= lines.removeFirst().length();
        cut = true;
      }
    }
  }

  /** A long line comes from the runtime in parts, and a secret may lie across them. */
  private static void whole(String raw, Map<String, String> parts, Consumer<String> take) {
    Matcher m = RUNTIME.matcher(raw);
    if (!m.matches()) {
      take.accept(raw);
      return;
    }
    String text = m.group(4) == null ? "" : m.group(4);
    String stream = m.group(2);
    String before = parts.getOrDefault(stream, m.group(1) + " " + stream + " F ");
    String joined = before.length() < LONGEST_LINE ? before + text : before;
    if (m.group(3).equals("P")) {
      parts.put(stream, joined);
    } else {
      parts.remove(stream);
      take.accept(joined);
    }
  }

  /** Redacts until nothing changes any more: what is cut may uncover the form of a known line. */
  static String redacted(String line) {
    String before = line;
    String after = step(before);
    for (int i = 0; i < MOST_STEPS && !after.equals(before); i++) {
      before = after;
      after = step(before);
    }
    return after;
  }

  private static String step(String line) {
    Matcher runtime = RUNTIME.matcher(line);
    if (runtime.matches()) {
      String own = runtime.group(4) == null ? "" : runtime.group(4);
      return runtime.group(1) + " " + runtime.group(2) + " F " + LogRedaction.redact(own);
    }
    Matcher kubectl = KUBECTL.matcher(line);
    return kubectl.matches()
        ? kubectl.group(1) + " stdout F " + LogRedaction.redact(kubectl.group(2))
        : LogRedaction.redact(line);
  }

  static String withoutPrefix(String line) {
    Matcher runtime = RUNTIME.matcher(line);
    return runtime.matches() && runtime.group(4) != null ? runtime.group(4) : line;
  }

  /** Like readLine, but a line without end costs no more memory than a long one. */
  private static @org.jspecify.annotations.Nullable String line(BufferedReader reader)
      throws IOException {
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() < LONGEST_LINE) {
        line.append((char) c);
      }
    }
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    return line.toString();
  }
}

package dev.upstream.lab;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a client got for one request. */
public record Answer(int status, Map<String, List<String>> headers, String body) {

  /** From head and body as they came over the wire. */
  static Answer parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (!text.startsWith("HTTP/1.1 ") || end < 0) {
      throw new IllegalArgumentException("no answer: " + text);
    }
    Map<String, List<String>> headers = new TreeMap<>();
    text.substring(0, end)
        .lines()
        .skip(1)
        .map(line -> line.split(":", 2))
        .forEach(
            header -> headers.put(header[0].toLowerCase(Locale.ROOT), List.of(header[1].strip())));
    return new Answer(Integer.parseInt(text.substring(9, 12)), headers, text.substring(end + 4));
  }
}

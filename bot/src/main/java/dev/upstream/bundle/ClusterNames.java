package dev.upstream.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cluster's name as the name of a directory: people name clusters with slashes and colons. */
final class ClusterNames {
  private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9._@-]|^\\.");
  private static final Pattern CODED = Pattern.compile("(?:%[0-9A-F]{2})+");

  private ClusterNames() {}

  static String encoded(String name) {
    return ODD.matcher(name)
        .replaceAll(
            m -> {
              StringBuilder coded = new StringBuilder();
              for (byte b : m.group().getBytes(StandardCharsets.UTF_8)) {
                coded.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
              }
              return coded.toString();
            });
  }

  static String decoded(String directory) {
    String name =
        CODED
            .matcher(directory)
            .replaceAll(
                m -> {
                  String[] codes = m.group().substring(1).split("%", -1);
                  byte[] bytes = new byte[codes.length];
                  for (int i = 0; i < codes.length; i++) {
                    bytes[i] = (byte) Integer.parseInt(codes[i], 16);
                  }
                  return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
                });
    return name.chars().anyMatch(Character::isISOControl) ? directory : name;
  }
}

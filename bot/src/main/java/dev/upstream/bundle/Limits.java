package dev.upstream.bundle;

/**
 * The caps that keep a damaged or hostile bundle from taking the machine.
 *
 * @param onDisk bytes of an archive as it lies there
 * @param expanded bytes of all files together
 * @param file bytes of one file
 * @param ratio expanded bytes for each byte on disk, once more than {@code ratioFrom} came out
 * @param depth directories inside each other
 * @param document bytes of one structured file (YAML, JSON): its tree takes several times that
 * @param aliases YAML aliases in one document
 * @param nodes values in one document, aliases written out
 * @param nesting maps and lists inside each other
 * @param logLines lines kept of one log, the newest
 */
public record Limits(
    long onDisk,
    long expanded,
    long file,
    int entries,
    long ratio,
    long ratioFrom,
    int depth,
    int document,
    int aliases,
    int nodes,
    int nesting,
    int logLines) {
  private static final int MIB = 1024 * 1024;

  public static final Limits USUAL =
      new Limits(
          512L * MIB,
          1024L * MIB,
          200L * MIB,
          50_000,
          200,
          16L * MIB,
          32,
          64 * MIB,
          1_000,
          2_000_000,
          100,
          20_000);

  Limits onDisk(long bytes) {
    return new Limits(
        bytes, expanded, file, entries, ratio, ratioFrom, depth, document, aliases, nodes, nesting,
        logLines);
  }

  Limits expanded(long all, long one) {
    return new Limits(
        onDisk, all, one, entries, ratio, ratioFrom, depth, document, aliases, nodes, nesting,
        logLines);
  }

  Limits entries(int most) {
    return new Limits(
        onDisk, expanded, file, most, ratio, ratioFrom, depth, document, aliases, nodes, nesting,
        logLines);
  }

  Limits ratio(long most, long from) {
    return new Limits(
        onDisk, expanded, file, entries, most, from, depth, document, aliases, nodes, nesting,
        logLines);
  }

  Limits logLines(int most) {
    return new Limits(
        onDisk, expanded, file, entries, ratio, ratioFrom, depth, document, aliases, nodes, nesting,
        most);
  }

  Limits document(int bytes) {
    return new Limits(
        onDisk, expanded, file, entries, ratio, ratioFrom, depth, bytes, aliases, nodes, nesting,
        logLines);
  }
}

package dev.upstream.bundle;

/**
 * Where in a bundle an object stands.
 *
 * @param document counted from 1
 * @param item of a List, counted from 1; 0 when the document is the object
 */
record Spot(String file, int document, int item) implements Comparable<Spot> {
  Spot item(int number) {
    return new Spot(file, document, number);
  }

  String words() {
    return BadBundle.shown(file) + " document " + document + (item > 0 ? " item " + item : "");
  }

  @Override
  public int compareTo(Spot other) {
    int byFile = file.compareTo(other.file);
    int byDocument = byFile != 0 ? byFile : Integer.compare(document, other.document);
    return byDocument != 0 ? byDocument : Integer.compare(item, other.item);
  }
}

package dev.upstream.policy;

import dev.upstream.snapshot.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds in texts what they say of namespaces and clusters. Read by hand, sign by sign: a text can
 * be long and hostile. Where it is not clear whether a word is a namespace, it is taken for one.
 */
final class Mentions {
  /** What stands before a slash without being a namespace: resources, i/o, n/a, text/html. */
  private static final Set<String> RESOURCES = resources();

  private static final Set<String> OPTIONS = Set.of("-n", "--namespace", "namespace", "Namespace");

  /** What may follow "in" or "namespace" in a sentence. */
  private static final Set<String> FILLERS =
      Set.of(
          ("the a an all any of or and is in to that this its their each every cluster clusters"
                  + " namespace namespaces whose where may")
              .split(" "));

  private final Touched touched;
  private final Reader reader;
  private final Set<String> known = new TreeSet<>();
  private final Set<String> ordinary = new HashSet<>();

  /**
   * @param texts all of them: a namespace that one names is looked for in the others as well
   * @param asked the words of the person, which betray nothing
   */
  Mentions(Touched touched, Reader reader, List<String> texts, String asked) {
    this.touched = touched;
    this.reader = reader;
    touched.places().stream().map(Place::namespace).filter(n -> !n.isEmpty()).forEach(known::add);
    texts.forEach(t -> new Scan(t).namespaces(known));
    touched.names().stream()
        .filter(n -> reader.may(n.place()))
        .map(Touched.Named::name)
        .forEach(ordinary::add);
    new Scan(asked).words().forEach(w -> ordinary.add(w.text()));
  }

  /**
   * Whether a text speaks of what the person may not read.
   *
   * @param cluster where the text belongs
   */
  boolean hidden(String cluster, String text) {
    Set<String> clusters = new TreeSet<>(Set.of(cluster));
    touched.clusters().stream().filter(c -> names(text, c)).forEach(clusters::add);
    if (clusters.stream().anyMatch(c -> !reader.mayEnter(c))) {
      return true;
    }
    List<Word> words = new Scan(text).words();
    return known.stream()
        .filter(n -> clusters.stream().anyMatch(c -> !reader.may(c, n)))
        .anyMatch(n -> words.stream().anyMatch(w -> says(w, n)));
  }

  private boolean says(Word word, String namespace) {
    if (word.text().equals(namespace)) {
      return word.placed() || !ordinary.contains(namespace);
    }
    return word.text().startsWith(namespace + "-")
        && touched.names().stream()
            .filter(o -> o.place().namespace().equals(namespace))
            .anyMatch(o -> joined(word.text(), namespace + "-" + o.name()));
  }

  /** nginx names an upstream {@code namespace-service-port}. */
  private static boolean joined(String word, String start) {
    return word.equals(start) || word.startsWith(start + "-");
  }

  /**
   * Whether a text names a cluster; the end of a host such as {@code svc.cluster.local} does not.
   */
  private static boolean names(String text, String cluster) {
    for (int at = text.indexOf(cluster); at >= 0; at = text.indexOf(cluster, at + 1)) {
      int end = at + cluster.length();
      boolean begins =
          at == 0 || !sign(text.charAt(at - 1)) && "._".indexOf(text.charAt(at - 1)) < 0;
      boolean ends = end == text.length() || !sign(text.charAt(end)) && text.charAt(end) != '_';
      if (!cluster.isEmpty() && begins && ends) {
        return true;
      }
    }
    return false;
  }

  private static boolean sign(char c) {
    return c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /**
   * @param placed whether it stands where namespaces stand
   * @param surely whether nothing else could stand there
   */
  private record Word(String text, boolean placed, boolean surely) {}

  /** One text, split into words of letters, digits and dashes. */
  private static final class Scan {
    private final String text;

    Scan(String text) {
      this.text = text;
    }

    void namespaces(Set<String> into) {
      words().stream()
          .filter(w -> w.surely() && label(w.text()))
          .map(Word::text)
          .forEach(into::add);
    }

    List<Word> words() {
      java.util.ArrayList<Word> words = new java.util.ArrayList<>();
      String before = "";
      String last = "";
      for (int i = 0; i < text.length(); i++) {
        if (sign(text.charAt(i))) {
          int start = i;
          while (i < text.length() && sign(text.charAt(i))) {
            i++;
          }
          String word = text.substring(start, i);
          words.add(word(word, start, i, last, before));
          before = last;
          last = word;
        }
      }
      return words;
    }

    private Word word(String word, int start, int end, String last, String before) {
      boolean named = OPTIONS.contains(last);
      boolean listed = last.equals("in") && RESOURCES.contains(before.toLowerCase(Locale.ROOT));
      boolean slashed = at(end) == '/' && sign(at(end + 1)) && "/.:@".indexOf(at(start - 1)) < 0;
      boolean host = at(start - 1) == '.' && text.startsWith(".svc", end);
      boolean dotted = at(start - 1) == '.' && sign(at(start - 2));
      boolean alone = start == 0 && end == text.length();
      boolean resource = RESOURCES.contains(word.toLowerCase(Locale.ROOT));
      boolean filler = FILLERS.contains(word);
      resource |= slashed && file(end + 1);
      boolean surely = (named || listed) && !filler || host || slashed && !resource;
      return new Word(word, surely || slashed || dotted || alone, surely);
    }

    /** Whether what begins there is a file's name: {@code config/upstream.yml}. */
    private boolean file(int start) {
      int end = start;
      while (sign(at(end))) {
        end++;
      }
      return text.startsWith(".yml", end) || text.startsWith(".yaml", end);
    }

    private char at(int index) {
      return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
    }

    private static boolean label(String word) {
      return word.length() <= 63
          && !word.startsWith("-")
          && !word.endsWith("-")
          && word.chars().noneMatch(c -> c >= 'A' && c <= 'Z')
          && word.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    }
  }

  private static Set<String> resources() {
    Set<String> words =
        new TreeSet<>(
            List.of("apps", "batch", "svc", "deploy", "i", "n", "and", "text", "application"));
    Arrays.stream(Kind.values())
        .flatMap(k -> Stream.of(k.kind().toLowerCase(Locale.ROOT), k.plural(), k.group()))
        .forEach(words::add);
    return Collections.unmodifiableSet(words);
  }
}

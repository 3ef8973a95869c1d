package dev.upstream.policy;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Edit;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Headline;
import dev.upstream.path.Hop;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Gap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What of a diagnosis one person may see. Objects in namespaces that the person may not read are
 * left out, and so is every text that speaks of such a namespace; where the target itself stands in
 * none that the person may read, the whole answer is refused. Pure.
 */
public final class Redaction {
  private final Diagnosis whole;
  private final Reader reader;
  private final Touched touched;
  private final Mentions mentions;
  private LeftOut leftOut = LeftOut.NOTHING;

  private Redaction(Diagnosis whole, Reader reader) {
    this.whole = whole;
    this.reader = reader;
    this.touched = Touched.of(whole);
    this.mentions = new Mentions(touched, reader, texts(whole), whole.target());
  }

  /** What a person sees. */
  public sealed interface View {
    record Shown(Diagnosis diagnosis, LeftOut leftOut) implements View {}

    /** Nothing of it, not even the verdict. */
    record Refused() implements View {}
  }

  /** Whether the target of a diagnosis lies anywhere, as far as was seen. */
  public static boolean lies(Diagnosis diagnosis) {
    return !Touched.of(diagnosis).own().isEmpty();
  }

  public static View of(Diagnosis diagnosis, Reader reader) {
    Redaction redaction = new Redaction(diagnosis, reader);
    return redaction.mayAsk() ? redaction.shown() : new View.Refused();
  }

  private boolean mayAsk() {
    return touched.own().isEmpty()
        ? !touched.clusters().isEmpty() && touched.clusters().stream().anyMatch(reader::mayEnter)
        : touched.own().stream().anyMatch(reader::may);
  }

  private View shown() {
    List<Finding> findings = findings();
    List<Diagnosis.HopState> hops = hops();
    List<Edit> changes = changes();
    List<Gap> gaps = gaps();
    boolean everything = touched.places().stream().allMatch(reader::may);
    Set<String> told = new HashSet<>();
    findings.forEach(f -> told.add(said(f)));
    boolean sameCause =
        !Retelling.quotes(whole.summary(), whole.findings(), f -> !told.contains(said(f)));
    Headline headline =
        sameCause && !mentions.hidden(start(), whole.summary())
            ? whole.headline()
            : Retelling.of(whole, findings);
    return new View.Shown(
        new Diagnosis(
            whole.target(),
            client(),
            whole.at(),
            whole.verdict(),
            whole.share(),
            whole.since(),
            headline,
            everything ? whole.path() : Optional.empty(),
            hops,
            findings,
            changes,
            whole.ruledOut().stream().filter(r -> !mentions.hidden(start(), r.why())).toList(),
            gaps,
            Retelling.outcomes(whole.checks())),
        leftOut);
  }

  private static String said(Finding f) {
    return f.key() + "\n" + f.summary();
  }

  private List<Finding> findings() {
    List<Finding> seen = new ArrayList<>();
    for (Finding f : whole.findings()) {
      if (reader.may(Place.of(f.cluster(), f.subject()))) {
        seen.add(particulars(f));
      } else {
        leftOut = leftOut.and(new LeftOut(1, 0, 0, 0, 0));
      }
    }
    Set<String> keys = new HashSet<>();
    seen.forEach(f -> keys.add(f.key()));
    return seen.stream().map(f -> linked(f, keys)).toList();
  }

  /** A finding about an object that may be read, without what it says of others. */
  private Finding particulars(Finding f) {
    boolean speaks = mentions.hidden(f.cluster(), f.summary() + "\n" + f.fieldPath());
    List<Evidence> proofs =
        f.evidence().stream()
            .filter(e -> !mentions.hidden(f.cluster(), e.text() + "\n" + e.command()))
            .toList();
    leftOut =
        leftOut.and(
            new LeftOut(0, f.evidence().size() - proofs.size() + (speaks ? 1 : 0), 0, 0, 0));
    return speaks
        ? Retelling.finding(f, Retelling.title(f), "", proofs, f.explains())
        : Retelling.finding(f, f.summary(), f.fieldPath(), proofs, f.explains());
  }

  /** Links to findings that are not seen would name them. */
  private static Finding linked(Finding f, Set<String> keys) {
    TreeSet<String> explains = new TreeSet<>(f.explains());
    explains.retainAll(keys);
    return Retelling.finding(f, f.summary(), f.fieldPath(), f.evidence(), explains);
  }

  private List<Diagnosis.HopState> hops() {
    List<Diagnosis.HopState> seen = new ArrayList<>();
    for (Diagnosis.HopState h : whole.hops()) {
      Hop hop = h.hop();
      if (reader.may(Place.of(hop.cluster(), hop.ref()))) {
        boolean speaks = mentions.hidden(hop.cluster(), hop.detail());
        seen.add(
            speaks
                ? new Diagnosis.HopState(
                    new Hop(hop.cluster(), hop.ref(), "", hop.share()), h.state())
                : h);
      } else {
        leftOut = leftOut.and(new LeftOut(0, 0, 1, 0, 0));
      }
    }
    return seen;
  }

  private List<Edit> changes() {
    List<Edit> seen =
        whole.changes().stream()
            .filter(e -> reader.may(Place.of(e.cluster(), e.subject())))
            .filter(e -> !mentions.hidden(e.cluster(), e.fieldPath() + "\n" + e.manager()))
            .toList();
    leftOut = leftOut.and(new LeftOut(0, 0, 0, whole.changes().size() - seen.size(), 0));
    return seen;
  }

  private List<Gap> gaps() {
    List<Gap> seen =
        whole.notChecked().stream().filter(g -> !mentions.hidden(g.cluster(), words(g))).toList();
    leftOut = leftOut.and(new LeftOut(0, 0, 0, 0, whole.notChecked().size() - seen.size()));
    return seen;
  }

  private static String words(Gap g) {
    return g.scope() + "\n" + g.detail() + "\n" + g.remedy();
  }

  /** The assumed client is told only where it may be read; empty says that it is not. */
  private String client() {
    String namespace = whole.client().replaceAll("/.*", "");
    return whole.client().equals("edge") || reader.may(start(), namespace) ? whole.client() : "";
  }

  /** Where the request starts. */
  private String start() {
    return Stream.of(
            whole.path().stream().flatMap(p -> p.legs().stream()).map(Leg::cluster),
            whole.hops().stream().map(h -> h.hop().cluster()),
            whole.findings().stream().map(Finding::cluster),
            whole.notChecked().stream().map(Gap::cluster))
        .flatMap(s -> s)
        .findFirst()
        .orElse("");
  }

  private static List<String> texts(Diagnosis d) {
    List<String> texts = new ArrayList<>(List.of(d.summary()));
    d.findings()
        .forEach(
            f -> {
              texts.add(f.summary() + "\n" + f.fieldPath());
              f.evidence().forEach(e -> texts.add(e.text() + "\n" + e.command()));
            });
    d.hops().forEach(h -> texts.add(h.hop().detail()));
    d.notChecked().forEach(g -> texts.add(words(g)));
    return texts;
  }
}

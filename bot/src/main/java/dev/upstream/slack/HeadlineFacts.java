package dev.upstream.slack;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Edit;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.SameCause;
import dev.upstream.snapshot.ObjectRef;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where, since when, and what was changed just before. */
final class HeadlineFacts {
  private static final int MOST_CHANGES = 3;
  private static final int MOST_OBJECTS = 3;

  /** Where many fields were set, naming none says as much. */
  private static final String EVERYTHING = "spec";

  private final Diagnosis d;
  private final Times times;

  HeadlineFacts(Diagnosis d, Times times) {
    this.d = d;
    this.times = times;
  }

  /** A list that may be added to. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    where(spans);
    d.since().ifPresent(s -> line(spans, "Since", new Span.Words(times.since(s))));
    changes(spans);
    return spans;
  }

  /** A labelled line below those that are there. */
  static void line(List<Span> spans, String label, Span... rest) {
    if (!spans.isEmpty()) {
      spans.add(new Span.Words("\n"));
    }
    spans.add(new Span.Strong(label));
    spans.add(new Span.Words("  "));
    spans.addAll(List.of(rest));
  }

  private void where(List<Span> spans) {
    Optional<Finding> first = d.findings().stream().findFirst();
    Optional<Diagnosis.HopState> hop =
        d.hops().stream().filter(h -> h.state() == Diagnosis.State.FAILING).findFirst();
    if (first.isPresent()) {
      Finding f = first.get();
      List<ObjectRef> subjects =
          SameCause.of(f, d.findings()).findings().stream()
              .map(Finding::subject)
              .distinct()
              .toList();
      line(spans, "Where");
      if (Wording.everywhere(f.subject())) {
        spans.add(new Span.Words("all over"));
      } else {
        objects(spans, subjects);
        spans.add(new Span.Words(" in"));
      }
      cluster(spans, f.cluster());
    } else if (hop.isPresent()) {
      line(spans, "Where");
      spans.addAll(Wording.object(hop.get().hop().ref()));
      spans.add(new Span.Words(" in"));
      cluster(spans, hop.get().hop().cluster());
    }
  }

  private static void cluster(List<Span> spans, String cluster) {
    spans.add(new Span.Words(" cluster "));
    spans.add(new Span.Code(cluster));
  }

  private static void objects(List<Span> spans, List<ObjectRef> objects) {
    List<ObjectRef> shown = objects.subList(0, Math.min(MOST_OBJECTS, objects.size()));
    for (ObjectRef object : shown) {
      if (!object.equals(shown.getFirst())) {
        spans.add(new Span.Words(", "));
      }
      spans.addAll(Wording.object(object));
    }
    if (objects.size() > shown.size()) {
      spans.add(new Span.Words(" and " + (objects.size() - shown.size()) + " more"));
    }
  }

  /** Edits of one hand at one time are one change. */
  private record Hand(String manager, Instant second) {
    static Hand of(Edit edit) {
      return new Hand(edit.manager(), edit.at().truncatedTo(ChronoUnit.SECONDS));
    }
  }

  /** What touched the cause comes first, then the newest. */
  private void changes(List<Span> spans) {
    Optional<ObjectRef> cause = d.findings().stream().map(Finding::subject).findFirst();
    Map<Hand, List<Edit>> byHand = new LinkedHashMap<>();
    d.changes().stream()
        .sorted(Comparator.comparing(e -> cause.map(c -> !c.equals(e.subject())).orElse(true)))
        .forEach(e -> byHand.computeIfAbsent(Hand.of(e), h -> new ArrayList<>()).add(e));
    List<List<Edit>> hands = List.copyOf(byHand.values());
    for (int i = 0; i < Math.min(MOST_CHANGES, hands.size()); i++) {
      change(spans, i == 0 ? "Changed" : "Also changed", hands.get(i));
    }
    if (hands.size() > MOST_CHANGES) {
      int more = hands.subList(MOST_CHANGES, hands.size()).stream().mapToInt(List::size).sum();
      spans.add(new Span.Words(" and " + Wording.count(more, "other change")));
    }
    if (hands.isEmpty() && d.since().isPresent()) {
      line(spans, "Changed", new Span.Words("no edit was seen on the path in the hour before"));
    }
  }

  private void change(List<Span> spans, String label, List<Edit> edits) {
    Edit first = edits.getFirst();
    line(spans, label, new Span.Words(times.since(first.at()) + ", by "));
    spans.add(new Span.Code(first.manager()));
    spans.add(new Span.Words(": "));
    List<Edit> shown = edits.subList(0, Math.min(MOST_OBJECTS, edits.size()));
    for (int i = 0; i < shown.size(); i++) {
      Edit edit = shown.get(i);
      if (i > 0) {
        spans.add(new Span.Words(", "));
      }
      if (!edit.fieldPath().equals(EVERYTHING)) {
        spans.add(new Span.Code(edit.fieldPath()));
        spans.add(new Span.Words(" of "));
      }
      spans.addAll(Wording.object(edit.subject()));
    }
    if (edits.size() > shown.size()) {
      spans.add(new Span.Words(" and " + (edits.size() - shown.size()) + " more"));
    }
  }
}

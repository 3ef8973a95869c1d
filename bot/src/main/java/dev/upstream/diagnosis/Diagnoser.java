package dev.upstream.diagnosis;

import dev.upstream.path.Ask;
import dev.upstream.path.Choice;
import dev.upstream.path.PathFinder;
import dev.upstream.path.RequestPath;
import dev.upstream.path.Resolution;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.snapshot.Source;
import dev.upstream.target.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Runs the catalogue over a path and joins what it finds into an answer. Pure. */
public final class Diagnoser {
  private final List<Check> checks;

  public Diagnoser(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /** What came of a question. */
  public sealed interface Answer {
    record Diagnosed(Diagnosis diagnosis) implements Answer {}

    record NoSuchTarget(List<Choice> near) implements Answer {}

    record NoSuchPort(Choice service, int port, List<String> ports) implements Answer {}

    record Ambiguous(List<Choice> choices) implements Answer {}
  }

  public Answer diagnose(Snapshot snapshot, Ask ask) {
    return switch (PathFinder.find(snapshot, ask)) {
      case Resolution.NotFound n -> new Answer.NoSuchTarget(n.near());
      case Resolution.NoSuchPort p -> new Answer.NoSuchPort(p.service(), p.port(), p.ports());
      case Resolution.Ambiguous a -> new Answer.Ambiguous(a.choices());
      case Resolution.Unseen u -> new Answer.Diagnosed(unseen(snapshot, ask, u.gaps()));
      case Resolution.Found f ->
          f.paths().stream()
              .map(p -> diagnose(snapshot, ask, p))
              .min(
                  Comparator.comparing(Diagnosis::verdict)
                      .thenComparing(d -> -d.share().orElse(-1d)))
              .<Answer>map(Answer.Diagnosed::new)
              .orElseGet(() -> new Answer.NoSuchTarget(List.of()));
    };
  }

  private Diagnosis unseen(Snapshot snapshot, Ask ask, List<Gap> gaps) {
    return new Diagnosis(
        ask.target().shown(),
        ask.client().orElse("edge"),
        snapshot.at(),
        Verdict.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        Sentences.notFoundAndNotSeen(ask.target().shown(), gaps),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        gaps,
        List.of());
  }

  private Diagnosis diagnose(Snapshot snapshot, Ask ask, RequestPath path) {
    Facts facts = new Facts(snapshot, path);
    Sight sight = new Sight(snapshot, path, facts);
    List<Outcome> outcomes =
        checks.stream().map(c -> run(c, new Case(snapshot, path, facts), sight.all())).toList();
    List<Gap> broken = broken(outcomes, ask.cluster());
    List<Finding> found =
        outcomes.stream()
            .flatMap(
                o ->
                    switch (o) {
                      case Outcome.Found f -> f.findings().stream();
                      case Outcome.Inconclusive i -> i.findings().stream();
                      case Outcome.Clear c -> Stream.<Finding>empty();
                      case Outcome.Crashed c -> Stream.<Finding>empty();
                    })
            .toList();
    List<Gap> seenNot =
        path.hops().isEmpty() && found.isEmpty() ? sight.nowhere(outcomes) : sight.mattering();
    List<Gap> mattering =
        Stream.concat(seenNot.stream(), broken.stream()).distinct().sorted().toList();
    List<CheckInfo> infos = checks.stream().map(Check::info).toList();
    List<Finding> findings = Ranking.sorted(new Chains(path, infos).join(found), path);
    Optional<Double> failing = failing(findings, path);
    Traffic traffic = Traffic.of(path, facts);
    Verdict verdict = verdict(findings, failing, traffic, mattering);
    Optional<Double> share =
        switch (verdict) {
          case BROKEN, DEGRADED -> failing.filter(s -> s > 0).or(traffic::share);
          case UNKNOWN -> Optional.empty();
          case AT_RISK, HEALTHY -> Optional.of(0d);
        };
    TreeSet<Gap> gaps = new TreeSet<>(sight.all());
    gaps.addAll(broken);
    gaps.addAll(blindSpots(outcomes));
    gaps.addAll(mattering);
    Optional<Instant> since = Since.of(findings, path, facts);
    return new Diagnosis(
        ask.target().shown(),
        path.client(),
        snapshot.at(),
        verdict,
        share,
        verdict == Verdict.BROKEN || verdict == Verdict.DEGRADED ? since : Optional.empty(),
        new Sentences(
                path,
                verdict,
                share,
                findings,
                infos,
                mattering.isEmpty() ? blindSpots(outcomes) : mattering,
                traffic,
                lint(snapshot, path))
            .headline()
            .asked(askedPod(snapshot, ask).map(Sentences::ofPod).orElse("")),
        Optional.of(path),
        HopStates.of(path, findings, mattering, facts, traffic),
        findings,
        changes(facts, since, snapshot.at()),
        ruledOut(outcomes, findings, LeftOpen.ids(path, facts, findings)),
        List.copyOf(gaps),
        outcomes);
  }

  /** Who asks for a pod wants to hear of it, though the others of its Service serve. */
  private static Optional<Pod> askedPod(Snapshot snapshot, Ask ask) {
    return ask.target() instanceof Target.PodName t
        ? snapshot.cluster(ask.cluster()).stream()
            .flatMap(c -> c.objects().all(Kind.POD).stream())
            .map(Pod::new)
            .filter(p -> p.name().equals(t.name()))
            .filter(p -> t.namespace().or(ask::namespace).map(p.namespace()::equals).orElse(true))
            .findFirst()
        : Optional.empty();
  }

  private static Outcome run(Check check, Case c, List<Gap> gaps) {
    CheckInfo info = check.info();
    try {
      List<Finding> findings =
          check.diagnose(c).stream().map(f -> lessSure(f, info, gaps)).toList();
      if (!c.blindSpots().isEmpty() || c.notAsked()) {
        return new Outcome.Inconclusive(info, c.blindSpots(), findings);
      }
      return findings.isEmpty()
          ? new Outcome.Clear(info, c.looked(info.needs()))
          : new Outcome.Found(info, findings);
    } catch (RuntimeException bug) {
      return new Outcome.Crashed(info, bug.getClass().getSimpleName() + ": " + bug.getMessage());
    }
  }

  private static List<Gap> blindSpots(List<Outcome> outcomes) {
    return outcomes.stream()
        .flatMap(o -> o instanceof Outcome.Inconclusive i ? i.gaps().stream() : Stream.empty())
        .distinct()
        .sorted()
        .toList();
  }

  /** A check that broke saw nothing. Its message is left out: it may hold what a cluster says. */
  private static List<Gap> broken(List<Outcome> outcomes, String cluster) {
    return outcomes.stream()
        .filter(Outcome.Crashed.class::isInstance)
        .map(
            o ->
                new Gap(
                    cluster,
                    o.check().needs().stream()
                        .min(Comparator.naturalOrder())
                        .orElse(Source.OBJECTS),
                    "check " + o.check().id(),
                    Gap.Cause.UNSUPPORTED,
                    "The check broke by a bug of Upstream and was left out.",
                    "Report it with a capture; look by hand: upstream explain " + o.check().id()))
        .toList();
  }

  private static Finding lessSure(Finding f, CheckInfo info, List<Gap> gaps) {
    boolean lacking =
        gaps.stream()
            .filter(g -> g.source() != Source.OBJECTS && g.cluster().equals(f.cluster()))
            .anyMatch(g -> info.uses().contains(g.source()));
    return lacking && f.confidence() == Confidence.HIGH ? f.sure(Confidence.MEDIUM) : f;
  }

  /** Whether no cluster of the path was seen running. */
  private static boolean lint(Snapshot snapshot, RequestPath path) {
    List<String> clusters = path.hops().stream().map(h -> h.cluster()).distinct().toList();
    return !clusters.isEmpty()
        && clusters.stream()
            .flatMap(c -> snapshot.cluster(c).stream())
            .allMatch(c -> c.manifestsOnly());
  }

  /** The union of what is known to fail; empty when only unknown shares fail. */
  private static Optional<Double> failing(List<Finding> findings, RequestPath path) {
    List<Finding> real =
        findings.stream().filter(f -> f.role() != Role.RISK && f.role() != Role.ADVISORY).toList();
    List<Finding> known = real.stream().filter(f -> f.share().isPresent()).toList();
    double sum =
        path.legs().isEmpty()
            ? known.stream().mapToDouble(f -> f.impact().whole()).max().orElse(0)
            : path.ends().stream()
                .mapToDouble(
                    e ->
                        e.share()
                            * known.stream()
                                .mapToDouble(f -> f.impact().on(path, e))
                                .max()
                                .orElse(0))
                .sum();
    return sum == 0 && known.size() < real.size()
        ? Optional.empty()
        : Optional.of(Impact.round(sum));
  }

  /** RULES.md R4, first that fits; a failing request in the window is a symptom by itself. */
  private static Verdict verdict(
      List<Finding> findings, Optional<Double> failing, Traffic traffic, List<Gap> mattering) {
    double known = failing.filter(s -> s > 0).or(traffic::share).orElse(0d);
    if (known >= 0.995) {
      return Verdict.BROKEN;
    }
    if (known > 0
        || traffic.failed() > 0
        || findings.stream().anyMatch(f -> f.role() == Role.SYMPTOM)) {
      return Verdict.DEGRADED;
    }
    if (!mattering.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    return findings.stream().anyMatch(f -> f.role() == Role.RISK)
        ? Verdict.AT_RISK
        : Verdict.HEALTHY;
  }

  private static List<Edit> changes(Facts facts, Optional<Instant> since, Instant now) {
    Instant until = since.orElse(now).plusSeconds(60);
    Instant from = since.orElse(now).minusSeconds(3600);
    return facts.edits().stream()
        .filter(e -> !e.at().isBefore(from) && !e.at().isAfter(until))
        .limit(10)
        .toList();
  }

  private static List<Diagnosis.RuledOut> ruledOut(
      List<Outcome> outcomes, List<Finding> findings, Set<String> open) {
    if (findings.stream().noneMatch(f -> f.role() == Role.SYMPTOM || f.role() == Role.ROOT_CAUSE)) {
      return List.of();
    }
    List<Diagnosis.RuledOut> out = new ArrayList<>();
    for (Outcome o : outcomes) {
      if (o instanceof Outcome.Clear clear
          && clear.looked()
          && clear.check().role() == Role.ROOT_CAUSE
          && !open.contains(clear.check().id())) {
        out.add(
            new Diagnosis.RuledOut(
                clear.check().id(), "Looked, and it is not so: " + clear.check().title()));
      }
    }
    return out;
  }
}

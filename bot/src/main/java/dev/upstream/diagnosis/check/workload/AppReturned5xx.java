package dev.upstream.diagnosis.check.workload;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Confidence;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.LegPods;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application answered with a 5xx; every hop before it passed that on. */
public final class AppReturned5xx implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "app-returned-5xx",
              "The application itself answered with the error; no hop before it failed.",
              Set.of(),
              Set.of(Source.LOG, Source.OBJECTS),
              List.of())
          .alias("upstream-app-5xx");

  @Override
  public CheckInfo info() {
    return INFO;
  }

  /**
   * @param from address and port of the pod
   */
  private record Answer(Instant at, int status, String from) {}

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.path().ends()) {
      Optional<ObjectRef> behind = behind(leg);
      if (behind.isEmpty() || !c.logged(leg)) {
        continue;
      }
      List<Answer> answers = answers(c, leg);
      if (!answers.isEmpty() && !passedOnBySidecar(c, leg)) {
        int all = c.requests(leg).size() + c.edgeLog(leg).requests().size();
        byOwner(c, leg, behind.get(), answers)
            .forEach((owner, own) -> findings.add(finding(c, leg, owner, own, all)));
      }
    }
    return findings;
  }

  private static List<Answer> answers(Case c, Leg leg) {
    return Stream.concat(
            c.requests(leg).stream()
                .filter(l -> l.status() >= 500 && l.flags().isEmpty())
                .filter(l -> l.details().equals("via_upstream"))
                .map(l -> new Answer(l.at(), l.status(), l.upstreamHost())),
            c.edgeLog(leg).requests().stream()
                .filter(r -> r.answeredByApplication())
                .map(r -> new Answer(r.at(), r.status(), r.lastTry())))
        .toList();
  }

  /** Where the pods' own sidecars say that they made the error, the application did not. */
  private static boolean passedOnBySidecar(Case c, Leg leg) {
    List<AccessLogLine> failed = c.inbound(leg).stream().filter(AccessLogLine::failed).toList();
    return !failed.isEmpty() && failed.stream().noneMatch(l -> l.flags().isEmpty());
  }

  private static Map<ObjectRef, List<Answer>> byOwner(
      Case c, Leg leg, ObjectRef behind, List<Answer> answers) {
    Map<String, ObjectRef> owners = new TreeMap<>();
    LegPods.byOwner(c.objects(leg.cluster()), c.pods(leg).selected())
        .forEach(
            (owner, pods) ->
                pods.stream()
                    .flatMap((Pod p) -> p.ip().stream())
                    .forEach(i -> owners.put(i, owner)));
    return answers.stream()
        .collect(
            Collectors.groupingBy(
                a -> owners.getOrDefault(a.from().replaceAll(":\\d+$", ""), behind),
                TreeMap::new,
                Collectors.toList()));
  }

  private static Finding finding(Case c, Leg leg, ObjectRef owner, List<Answer> answers, int all) {
    SortedMap<String, Long> pods =
        answers.stream()
            .collect(Collectors.groupingBy(Answer::from, TreeMap::new, Collectors.counting()));
    String statuses =
        new TreeSet<>(answers.stream().map(Answer::status).toList())
            .stream().map(String::valueOf).collect(Collectors.joining(", "));
    Instant last = answers.stream().map(Answer::at).max(Instant::compareTo).orElse(c.now());
    boolean unseen =
        c.pods(leg).selected().stream().anyMatch(Pod::hasProxy) && c.inbound(leg).isEmpty();
    return Finding.of(
            INFO,
            leg.cluster(),
            owner,
            owner.words() + " answers with " + statuses + " itself; no hop before it failed.")
        .hits(Impact.counted(leg, answers.size(), all))
        .sure(unseen ? Confidence.MEDIUM : Confidence.HIGH)
        .proof(
            new Evidence(
                Source.LOG,
                answers.size()
                    + " of "
                    + all
                    + " logged requests to "
                    + Words.destination(leg)
                    + " were answered with "
                    + statuses
                    + " by "
                    + pods.entrySet().stream()
                        .limit(3)
                        .map(e -> e.getKey() + " (" + e.getValue() + ")")
                        .collect(Collectors.joining(", "))
                    + ", the last at "
                    + last,
                Words.kubectl(
                    leg.cluster(),
                    "-n " + owner.namespace() + " logs " + logged(owner) + " --since=10m")));
  }

  private static String logged(ObjectRef owner) {
    return owner.kind().equals("Pod")
        ? owner.name()
        : owner.kind().toLowerCase(java.util.Locale.ROOT) + "/" + owner.name();
  }

  private static Optional<ObjectRef> behind(Leg leg) {
    return switch (leg.backend()) {
      case Backend.KubernetesService s -> Optional.of(s.service().ref());
      // what stands behind another edge may have made the answer on its way
      case Backend.External e -> Optional.empty();
      case Backend.MissingPort m -> Optional.empty();
      case Backend.MissingService m -> Optional.empty();
      case Backend.UnknownHost u -> Optional.empty();
      case Backend.OwnAnswer o -> Optional.empty();
    };
  }
}

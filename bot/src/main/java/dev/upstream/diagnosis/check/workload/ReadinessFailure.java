package dev.upstream.diagnosis.check.workload;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Confidence;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Container;
import dev.upstream.snapshot.Event;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Pod;
import dev.upstream.snapshot.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why the readiness probe of a running container fails, by the newest event of that container's
 * present run (kubernetes/kubernetes pkg/kubelet/prober, pkg/probe/http).
 *
 * @param why continues "container web of Deployment shop/web "
 */
record ReadinessFailure(
    Pod pod,
    Container container,
    ReadinessProbe probe,
    Cause cause,
    String why,
    Confidence confidence,
    Optional<Event> event) {

  /** What a failing probe says of itself or of the application. */
  enum Cause {
    WRONG_PATH,
    WRONG_PORT,
    NOT_READY
  }

  private static final Pattern STATUS =
      Pattern.compile("HTTP probe failed with statuscode: (\\d{3})");
  private static final Pattern REFUSED =
      Pattern.compile("dial tcp \\S+:(\\d+): connect: connection refused");

  /** Within this time after its start an application may not listen yet. */
  private static final Duration STARTING = Duration.ofSeconds(60);

  /** The leg's pods that a failing readiness probe keeps out. */
  static List<ReadinessFailure> of(Case c, Leg leg) {
    List<ReadinessFailure> failures = new ArrayList<>();
    for (Pod pod : PodCause.notReady(c, leg)) {
      boolean ended =
          pod.containers().stream()
              .anyMatch(k -> Endings.crashing(k, c.now()) || Endings.outOfMemory(k, c.now()));
      if (ended) {
        continue;
      }
      for (Container k : pod.containers()) {
        boolean probed = k.running() && k.started() && !k.ready() && !k.meshProxy();
        Optional<ReadinessProbe> probe =
            ReadinessProbe.of(c.objects(leg.cluster()), pod, k).filter(p -> probed);
        if (probe.isPresent() && c.complete(leg.cluster(), Kind.EVENT, pod.namespace())) {
          failure(c, leg, pod, k, probe.get()).ifPresent(failures::add);
        }
      }
    }
    return failures;
  }

  /** Those of one cause, as culprits. */
  static List<PodCause.Culprit> culprits(Case c, Leg leg, Cause cause, String field) {
    return of(c, leg).stream()
        .filter(f -> f.cause() == cause)
        .map(
            f ->
                new PodCause.Culprit(
                    f.pod(),
                    f.container(),
                    f.why(),
                    field.isEmpty() ? "readinessProbe" : f.probe().field(field),
                    f.confidence(),
                    f.proofs(leg)))
        .toList();
  }

  private static Optional<ReadinessFailure> failure(
      Case c, Leg leg, Pod pod, Container k, ReadinessProbe probe) {
    Optional<Event> newest =
        c.events(leg.cluster(), pod.ref()).stream()
            .filter(e -> e.reason().equals("Unhealthy"))
            .filter(e -> e.message().startsWith("Readiness probe "))
            .filter(e -> e.container().map(k.name()::equals).orElse(true))
            .filter(e -> ofThisRun(e, k))
            .reduce((a, b) -> b);
    boolean fresh =
        k.startedAt()
            .map(s -> Duration.between(s, c.now()).compareTo(STARTING.plus(probe.patience())) < 0)
            .orElse(false);
    if (newest.isEmpty()) {
      return fresh
          ? Optional.empty()
          : Optional.of(
              new ReadinessFailure(
                  pod,
                  k,
                  probe,
                  Cause.NOT_READY,
                  "does not pass its readiness probe ("
                      + probe.words()
                      + "), and no event tells why",
                  Confidence.LOW,
                  newest));
    }
    return said(newest.get().message(), pod, probe, fresh, targets(leg, pod))
        .map(s -> new ReadinessFailure(pod, k, probe, s.cause(), s.why(), s.confidence(), newest));
  }

  /** The number that the leg's Service sends to at this pod; 0 where there is none. */
  private static int targets(Leg leg, Pod pod) {
    if (!(leg.backend() instanceof Backend.KubernetesService s)) {
      return 0;
    }
    String port = s.port().targetPort();
    return port.matches("\\d{1,5}")
        ? Integer.parseInt(port)
        : pod.portNamed(port, s.port().protocol()).orElse(0);
  }

  private static boolean ofThisRun(Event e, Container k) {
    return e.lastSeen()
        .flatMap(seen -> k.startedAt().map(started -> !seen.isBefore(started)))
        .orElse(true);
  }

  private record Said(Cause cause, String why, Confidence confidence) {}

  private static Optional<Said> said(
      String message, Pod pod, ReadinessProbe probe, boolean fresh, int target) {
    if (!message.startsWith("Readiness probe failed: ")) {
      return Optional.empty(); // the kubelet could not run it, which is no answer
    }
    Matcher status = STATUS.matcher(message);
    if (status.find()) {
      return Optional.of(answered(Integer.parseInt(status.group(1)), pod, probe));
    }
    Matcher refused = REFUSED.matcher(message);
    if (refused.find() && refused.group(1).length() <= 5) {
      return refused(Integer.parseInt(refused.group(1)), pod, probe, fresh, target);
    }
    String how =
        message.contains("deadline exceeded") || message.contains("timeout")
            ? "does not answer its readiness probe (" + probe.words() + ") in time"
            : "fails its readiness probe (" + probe.words() + ")";
    return Optional.of(new Said(Cause.NOT_READY, how, Confidence.MEDIUM));
  }

  private static Said answered(int status, Pod pod, ReadinessProbe probe) {
    if (status == 404 || status == 405 || status == 410) {
      Optional<String> other = probe.otherPath();
      return new Said(
          Cause.WRONG_PATH,
          "is asked for "
              + probe.path()
              + " by its readiness probe, and the application answers "
              + status
              + other.map(o -> " (" + o + ")").orElse(""),
          other.isPresent() ? Confidence.HIGH : Confidence.MEDIUM);
    }
    // the sidecar says 500 where the application does not answer it at all
    if (status == 500 && probe.throughSidecar()) {
      return probe.declaredElsewhere(pod)
          ? new Said(Cause.WRONG_PORT, wrongPort(probe.port(pod), pod), Confidence.MEDIUM)
          : new Said(
              Cause.NOT_READY,
              "answers its readiness probe ("
                  + probe.words()
                  + ") with 500, or does not answer the sidecar at all",
              Confidence.MEDIUM);
    }
    return new Said(
        Cause.NOT_READY,
        "answers its readiness probe (" + probe.words() + ") with " + status,
        Confidence.HIGH);
  }

  private static Optional<Said> refused(
      int port, Pod pod, ReadinessProbe probe, boolean fresh, int target) {
    if (probe.declaredElsewhere(pod)) {
      return Optional.of(new Said(Cause.WRONG_PORT, wrongPort(port, pod), Confidence.HIGH));
    }
    if (!fresh && port == target && ReadinessProbe.declared(pod).contains(port)) {
      return Optional.of(
          new Said(
              Cause.NOT_READY,
              "runs, and nothing listens on port "
                  + port
                  + " yet, where its readiness probe and the Service look",
              Confidence.MEDIUM));
    }
    return fresh
        ? Optional.empty()
        : Optional.of(new Said(Cause.WRONG_PORT, wrongPort(port, pod), Confidence.MEDIUM));
  }

  private static String wrongPort(int port, Pod pod) {
    List<Integer> declared = ReadinessProbe.declared(pod);
    return "is probed on port "
        + port
        + ", where nothing listens"
        + (declared.isEmpty() || declared.contains(port)
            ? ""
            : "; it declares port " + Words.numbers(declared));
  }

  private List<Evidence> proofs(Leg leg) {
    List<Evidence> proofs = new ArrayList<>();
    event.ifPresent(
        e ->
            proofs.add(
                new Evidence(
                    Source.EVENTS,
                    "Pod "
                        + pod.name()
                        + ", container "
                        + container.name()
                        + ", "
                        + Words.count(e.count(), "time")
                        + e.lastSeen().map(t -> ", last at " + t).orElse("")
                        + ": "
                        + Words.excerpt(e.message()),
                    PodCause.command(leg, pod, "events --for pod/%s --types=Warning"))));
    proofs.add(
        new Evidence(
            Source.OBJECTS,
            "Pod "
                + pod.name()
                + ", container "
                + container.name()
                + ": runs, not ready; readiness probe "
                + probe.words()
                + probe.declaredWords(pod),
            PodCause.command(
                leg,
                pod,
                "get pod %s -o jsonpath='{range .spec.containers[*]}{.name}{\" \"}{.ports}"
                    + "{\" \"}{.readinessProbe}{\"\\n\"}{end}'")));
    return proofs;
  }
}

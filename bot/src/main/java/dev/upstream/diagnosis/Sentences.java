package dev.upstream.diagnosis;

import dev.upstream.path.HostNames;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Pod;
import java.util.List;
import java.util.Optional;

/** The headline: share and effect first, then the cause, in one sentence for a tired person. */
final class Sentences {
  private final RequestPath path;
  private final Verdict verdict;
  private final Optional<Double> share;
  private final List<Finding> findings;
  private final List<CheckInfo> infos;
  private final List<Gap> unseen;
  private final Traffic traffic;
  private final boolean lint;

  Sentences(
      RequestPath path,
      Verdict verdict,
      Optional<Double> share,
      List<Finding> findings,
      List<CheckInfo> infos,
      List<Gap> unseen,
      Traffic traffic,
      boolean lint) {
    this.path = path;
    this.verdict = verdict;
    this.share = share;
    this.findings = findings;
    this.infos = infos;
    this.unseen = unseen;
    this.traffic = traffic;
    this.lint = lint;
  }

  Headline headline() {
    return switch (verdict) {
      case BROKEN, DEGRADED -> failing();
      case UNKNOWN ->
          Headline.of(
              "Nothing failing was seen for " + host() + ", but not everything could be checked",
              gapWords());
      case AT_RISK ->
          Headline.of(
              lint
                  ? "The manifests for " + host() + " hold a risk"
                  : "Requests to " + host() + " are served now, but there is a risk",
              first(Role.RISK).map(this::said).orElse(""));
      case HEALTHY ->
          Headline.of(
              lint
                  ? "Nothing wrong was found in the manifests for "
                      + host()
                      + "; what runs was not looked at"
                  : "Requests to " + host() + " are served; nothing wrong was found",
              "");
    };
  }

  private String host() {
    String route = path.route().isEmpty() ? "" : " by route " + path.route();
    return HostNames.shown(path.host()) + route;
  }

  private Headline failing() {
    Optional<Finding> cause =
        first(Role.ROOT_CAUSE).or(() -> first(Role.CONTRIBUTING).filter(this::isMistake));
    if (cause.isPresent()) {
      return Headline.of(effect(), said(cause.get()));
    }
    return Headline.of(effect(), first(Role.CONTRIBUTING).map(this::said).orElseGet(this::counted))
        .open(
            "The cause was not found"
                + (unseen.isEmpty() ? "." : "; not everything could be checked: " + gapWords()));
  }

  /** Of all subjects of which the same is true. */
  private String said(Finding finding) {
    return SameCause.of(finding, findings).headline();
  }

  private boolean isMistake(Finding finding) {
    return infos.stream().anyMatch(i -> i.mistake() && i.id().equals(finding.id()));
  }

  /** What the logs say, where no symptom says it with its proof. */
  private String counted() {
    return first(Role.SYMPTOM).isPresent()
        ? ""
        : traffic.worst().map(w -> w.words() + ".").orElse("");
  }

  private String effect() {
    Optional<Finding> notRequests =
        first(Role.SYMPTOM)
            .filter(f -> share.isEmpty() && f.impact().legs().isEmpty() && !f.impact().known());
    if (notRequests.isPresent()) {
      return notRequests.get().summary().replaceAll("\\.$", "");
    }
    String who =
        share
            .map(s -> Percent.of(s) + " of requests to " + host())
            .orElse("Some requests to " + host());
    return who + (lint ? " would fail" : " fail") + symptomWords();
  }

  private String symptomWords() {
    return findings.stream()
        .filter(f -> f.role() == Role.SYMPTOM)
        .map(Finding::id)
        .flatMap(
            id ->
                switch (id) {
                  case "envoy-no-healthy-upstream" ->
                      java.util.stream.Stream.of(" with 503 \"no healthy upstream\"");
                  case "envoy-no-cluster", "http-503-from-edge" ->
                      java.util.stream.Stream.of(" with 503");
                  case "http-502-from-edge" -> java.util.stream.Stream.of(" with 502");
                  default -> java.util.stream.Stream.<String>empty();
                })
        .findFirst()
        .orElse("");
  }

  private String gapWords() {
    return unseen.stream()
        .findFirst()
        .map(
            g ->
                notSeen(g)
                    + (unseen.size() > 1 ? " and " + (unseen.size() - 1) + " more" : "")
                    + ".")
        .orElse("");
  }

  static Headline notFoundAndNotSeen(String target, List<Gap> gaps) {
    return Headline.of(
        "Nothing named "
            + target
            + " was seen, but not everything that could name it could be read",
        gaps.isEmpty() ? "" : notSeen(gaps.getFirst()) + ".");
  }

  /** {@code pods in shop in cluster east (Upstream may not list pods in shop)}. */
  private static String notSeen(Gap gap) {
    return (gap.scope().startsWith("*") ? "nothing of" : gap.scope() + " in")
        + " cluster "
        + gap.cluster()
        + " ("
        + decapitalised(gap.detail().replaceAll("\\.$", ""))
        + ")";
  }

  /** How the one pod does that was asked for. */
  static String ofPod(Pod pod) {
    String name = "Pod " + pod.namespace() + "/" + pod.name();
    String since = pod.readyChangedAt().map(t -> " since " + t).orElse("");
    return pod.ended()
        ? name + " has ended and gets no requests."
        : pod.terminating()
            ? name + " is being deleted and gets no new requests."
            : pod.ready()
                ? name + " is ready" + since + "."
                : name + " is not ready" + since + " and gets no requests.";
  }

  private Optional<Finding> first(Role role) {
    return findings.stream().filter(f -> f.role() == role).findFirst();
  }

  private static String decapitalised(String sentence) {
    boolean word =
        sentence.length() > 1
            && Character.isUpperCase(sentence.charAt(0))
            && Character.isLowerCase(sentence.charAt(1))
            && sentence.matches("(?:No|The|Its|Some|Every|All|A|Nothing|They|It) .*");
    return word ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1) : sentence;
  }
}

package dev.upstream.cluster;

import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Source;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;

/** What an API server that did not give what it was asked for leaves unseen, and why. */
final class ApiGaps {
  private static final String WHOLE = "* (the whole cluster)";

  private final String cluster;
  private final Credential credential;
  private final InstantSource clock;

  ApiGaps(String cluster, Credential credential, InstantSource clock) {
    this.cluster = cluster;
    this.credential = credential;
    this.clock = clock;
  }

  /**
   * What was asked for.
   *
   * @param scope how a gap names it
   * @param verb such as {@code list}
   * @param resource such as {@code pods}
   * @param group its API group, empty for the core's
   * @param namespace empty for the whole cluster
   */
  record Asked(
      Source source, String scope, String verb, String resource, String group, String namespace) {
    private String where() {
      return namespace.isEmpty() ? "in the whole cluster" : "in namespace " + namespace;
    }
  }

  /**
   * @param answered whether this API server gave any answer before
   */
  static boolean concernsWholeCluster(KubernetesClientException e, boolean answered) {
    return e.getCode() == 401 || (unanswered(e) && !answered);
  }

  /** The client library gives 0 or less where no answer came at all. */
  static boolean unanswered(KubernetesClientException e) {
    return e.getCode() <= 0;
  }

  Gap late(Asked asked, Calls.Late late, boolean answered) {
    return new Gap(
        cluster,
        answered ? asked.source() : Source.OBJECTS,
        answered ? asked.scope() : WHOLE,
        Gap.Cause.TIMEOUT,
        late.sentence(),
        "See whether the API server is overloaded, then check again.");
  }

  Gap unreadable(Asked asked) {
    return of(
        asked,
        Gap.Cause.UNPARSED,
        "What came for " + asked.resource() + " was no list in JSON.",
        "See whether the address of cluster " + cluster + " is that of its API server.");
  }

  Gap cut(Asked asked, int read) {
    return of(
        asked,
        Gap.Cause.TRUNCATED,
        "There are more than the " + read + " that were read.",
        "Look at the others by hand: kubectl get " + asked.resource() + " -A.");
  }

  Gap of(Asked asked, KubernetesClientException e, boolean answered) {
    boolean whole = concernsWholeCluster(e, answered);
    return switch (Math.max(0, e.getCode())) {
      case 0 ->
          new Gap(
              cluster,
              whole ? Source.OBJECTS : asked.source(),
              whole ? WHOLE : asked.scope(),
              Gap.Cause.UNREACHABLE,
              whole
                  ? "The API server of cluster " + cluster + " could not be reached."
                  : "The connection to the API server broke.",
              "See whether it runs and whether Upstream's network leads there.");
      case 401 ->
          new Gap(
              cluster,
              Source.OBJECTS,
              WHOLE,
              Gap.Cause.UNAUTHORIZED,
              credential.whyRefused(clock.instant()),
              "Give Upstream a new credential for cluster " + cluster + ".");
      case 403 ->
          of(
              asked,
              Gap.Cause.FORBIDDEN,
              "Upstream may not "
                  + asked.verb()
                  + " "
                  + asked.resource()
                  + " "
                  + asked.where()
                  + ".",
              "Allow "
                  + asked.verb()
                  + " on "
                  + asked.resource()
                  + " (API group \""
                  + asked.group()
                  + "\") "
                  + asked.where()
                  + (asked.namespace().isEmpty() ? ": a ClusterRole." : ": a Role."));
      case 404 -> missing(asked);
      case 410 ->
          of(
              asked,
              Gap.Cause.TRUNCATED,
              "The list changed while it was read in pages (410), twice.",
              "Check again.");
      default -> failed(asked, e.getCode());
    };
  }

  private Gap missing(Asked asked) {
    return asked.source() == Source.LOG
        ? of(asked, Gap.Cause.NOT_COLLECTED, "It is there no more.", "Check again.")
        : of(
            asked,
            Gap.Cause.UNSUPPORTED,
            "The API server does not serve " + asked.resource() + " (404).",
            "See whether the address of cluster " + cluster + " is that of its API server.");
  }

  private Gap failed(Asked asked, int status) {
    return asked.source() == Source.LOG && status == 400
        ? of(
            asked,
            Gap.Cause.NOT_COLLECTED,
            "The API server gives no log of it (400): it may not have started yet.",
            "See the pod's events.")
        : of(
            asked,
            Gap.Cause.UNREACHABLE,
            "The API server answered "
                + status
                + " to "
                + asked.verb()
                + " "
                + asked.resource()
                + " "
                + asked.where()
                + ".",
            asked.source() == Source.LOG
                ? "See whether the node of the pod answers, then check again."
                : "See the API server's health, then check again.");
  }

  private Gap of(Asked asked, Gap.Cause cause, String detail, String remedy) {
    return new Gap(cluster, asked.source(), asked.scope(), cause, detail, remedy);
  }
}

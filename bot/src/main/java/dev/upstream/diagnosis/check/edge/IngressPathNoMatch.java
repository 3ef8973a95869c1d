package dev.upstream.diagnosis.check.edge;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.path.Caller;
import dev.upstream.path.IngressPaths;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules name the host, and none of their paths takes the path that was asked for. */
public final class IngressPathNoMatch implements Check {
  private static final int SHOWN = 6;
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
              "ingress-path-no-match",
              "The host has a rule, but no path or pathType matches.",
              Set.of(Source.OBJECTS),
              Set.of(),
              List.of("http-404-from-edge"))
          .alias("rule-host-or-path-no-match");

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    if (c.path().path().isPresent()
        && c.legs().stream().anyMatch(l -> l.caller() instanceof Caller.IngressController)) {
      c.looked(Source.OBJECTS);
    }
    for (RequestPath.Refusal refusal : c.path().refusals()) {
      if (refusal.reason() == RequestPath.Reason.NO_PATH_MATCHES
          && c.complete(refusal.cluster(), Kind.INGRESS, "")
          && understood(c, refusal)) {
        findings.add(finding(c, refusal));
      }
    }
    return findings;
  }

  /** What ImplementationSpecific means is known of ingress-nginx only. */
  private static boolean understood(Case c, RequestPath.Refusal refusal) {
    if (!paths(c, refusal).specificToUnknown()) {
      return true;
    }
    c.blind(
        new Gap(
            refusal.cluster(),
            Source.OBJECTS,
            refusal.place().ref().words(),
            Gap.Cause.UNSUPPORTED,
            "It has paths of type ImplementationSpecific, and its controller is not modelled.",
            "Compare the path with the rules by hand, as that controller does."));
    return false;
  }

  private static IngressPaths paths(Case c, RequestPath.Refusal refusal) {
    return c.ingressPaths(refusal.cluster(), refusal.place().ref());
  }

  private static Finding finding(Case c, RequestPath.Refusal refusal) {
    List<String> words = paths(c, refusal).words();
    String shown =
        String.join(", ", words.stream().limit(SHOWN).toList())
            + (words.size() > SHOWN ? " and " + (words.size() - SHOWN) + " more" : "");
    return Finding.of(
            INFO,
            refusal.cluster(),
            refusal.place().ref(),
            "No path of "
                + c.path().host()
                + " takes "
                + refusal.detail()
                + ": "
                + refusal.place().ref().words()
                + " has "
                + (words.isEmpty() ? "no path" : shown)
                + ".")
        .at(refusal.place().fieldPath())
        .hits(Impact.everything(refusal.share()))
        .proof(
            new Evidence(
                Source.OBJECTS,
                "The paths of " + c.path().host() + " are " + (words.isEmpty() ? "none" : shown),
                EdgeWords.getIngress(
                    refusal.cluster(), refusal.place().ref(), "-o jsonpath='{.spec.rules}'")));
  }
}

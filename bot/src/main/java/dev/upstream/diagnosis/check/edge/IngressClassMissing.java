package dev.upstream.diagnosis.check.edge;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Caller;
import dev.upstream.path.RequestPath;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An Ingress names an IngressClass that is not there, so that no controller serves it. */
public final class IngressClassMissing implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "ingress-class-missing",
          "The Ingress names an IngressClass that does not exist.",
          Set.of(Source.OBJECTS),
          Set.of(),
          List.of("http-404-from-edge"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    if (c.legs().stream().anyMatch(l -> l.caller() instanceof Caller.IngressController)) {
      c.looked(Source.OBJECTS);
    }
    for (RequestPath.Refusal refusal : c.path().refusals()) {
      if (refusal.reason() == RequestPath.Reason.CLASS_MISSING
          && c.complete(refusal.cluster(), Kind.INGRESS_CLASS, "")) {
        findings.add(finding(c, refusal));
      }
    }
    return findings;
  }

  private static Finding finding(Case c, RequestPath.Refusal refusal) {
    List<Resource> classes = c.objects(refusal.cluster()).all(Kind.INGRESS_CLASS);
    String known =
        classes.isEmpty()
            ? "There is no IngressClass at all"
            : "The IngressClasses are "
                + classes.stream().map(Resource::name).collect(Collectors.joining(", "));
    return Finding.of(
            INFO,
            refusal.cluster(),
            refusal.place().ref(),
            refusal.place().ref().words()
                + " names the IngressClass "
                + refusal.detail()
                + ", which does not exist, so no controller serves it"
                + (refusal.share() == 0 ? "; another Ingress or route serves its requests." : "."))
        .at(refusal.place().fieldPath())
        .hits(Impact.everything(refusal.share()))
        .proof(
            new Evidence(
                Source.OBJECTS, known, Words.kubectl(refusal.cluster(), "get ingressclasses")));
  }
}

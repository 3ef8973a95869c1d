package dev.upstream.diagnosis.check.service;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.Serving;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Selectors;
import dev.upstream.snapshot.Service;
import dev.upstream.snapshot.Source;
import dev.upstream.snapshot.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** No pod carries the labels that a Service selects, and no workload would make one (R11). */
public final class ServiceSelectorMatchesNoPod implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "service-selector-matches-no-pod",
          "The Service's selector matches no pod.",
          Set.of(Source.OBJECTS),
          Set.of(Source.PROXY),
          List.of("no-ready-endpoints", "envoy-no-healthy-upstream", "http-503-from-edge"));

  private static final List<Kind> WORKLOADS =
      List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.REPLICA_SET, Kind.JOB);

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      c.pods(leg)
          .service()
          .filter(s -> !s.selector().isEmpty() && c.pods(leg).selected().isEmpty())
          .filter(
              s ->
                  c.manifestsOnly(leg.cluster())
                      || c.complete(leg.cluster(), Kind.POD, s.namespace(), s.selector()))
          .filter(s -> noTemplate(c, leg.cluster(), s))
          .ifPresent(s -> findings.add(finding(c, leg, s)));
    }
    return findings;
  }

  /** Whether no workload of any cluster that has this Service would make a pod for it. */
  private static boolean noTemplate(Case c, String own, Service service) {
    boolean none = true;
    for (String cluster : c.clusters()) {
      boolean shares =
          cluster.equals(own)
              || c.objects(cluster).service(service.namespace(), service.name()).isPresent();
      if (!shares) {
        none &= c.complete(cluster, Kind.SERVICE, service.namespace());
      } else {
        boolean made =
            Stream.concat(
                    c.objects(cluster).workloads(service.namespace()).stream(),
                    c.objects(cluster).jobs(service.namespace()).stream())
                .anyMatch(w -> w.makes(service.selector()));
        none &= !made;
        for (Kind kind : WORKLOADS) { // all are asked, so that all that was not read is told
          none &= c.complete(cluster, kind, service.namespace());
        }
      }
    }
    return none;
  }

  private static Finding finding(Case c, Leg leg, Service service) {
    String selector = Words.selector(service.selector());
    Optional<Near> near = near(c, leg.cluster(), service);
    Serving serving = c.serving(leg);
    Finding finding =
        Finding.of(
                INFO,
                leg.cluster(),
                service.ref(),
                "Requests go to "
                    + Words.shortHost(leg.host())
                    + ", whose selector "
                    + selector
                    + " matches no pod"
                    + near.map(n -> "; " + n.words()).orElse("")
                    + ".")
            .at("spec.selector")
            .hits(
                c.manifestsOnly(leg.cluster())
                    ? Impact.on(leg, 1)
                    : serving.known() ? Impact.on(leg, serving.empty()) : Impact.unknown(leg))
            .since(since(c, leg, service, near))
            .proofs(c.manifestsOnly(leg.cluster()) ? List.of() : List.of(noPod(leg, service)))
            .proof(
                new Evidence(
                    Source.OBJECTS,
                    "No workload's template in " + service.namespace() + " has " + selector,
                    Words.kubectl(
                        leg.cluster(),
                        "-n "
                            + service.namespace()
                            + " get deployments,statefulsets,daemonsets,jobs -o custom-columns="
                            + "'KIND:.kind,NAME:.metadata.name,LABELS:.spec.template.metadata.labels'")));
    return near.map(
            n ->
                finding.proof(
                    new Evidence(
                        Source.OBJECTS,
                        "The labels of "
                            + n.workload().ref().words()
                            + ": "
                            + Words.selector(n.workload().templateLabels()),
                        Words.getPods(
                            leg.cluster(), service.namespace(), n.workload().templateLabels()))))
        .orElse(finding);
  }

  private static Evidence noPod(Leg leg, Service service) {
    return new Evidence(
        Source.OBJECTS,
        "No pod in " + service.namespace() + " has " + Words.selector(service.selector()),
        Words.getPods(leg.cluster(), service.namespace(), service.selector()));
  }

  /** A workload whose pods lack just one pair of the selector. */
  private record Near(Workload workload, String key, Optional<String> value) {
    String words() {
      return "the pods of "
          + workload.ref().words()
          + value.map(v -> " have " + key + "=" + v + " instead").orElse(" have no label " + key);
    }
  }

  private static Optional<Near> near(Case c, String cluster, Service service) {
    List<Near> found = new ArrayList<>();
    for (Workload w : c.objects(cluster).workloads(service.namespace())) {
      Map<String, String> labels = w.templateLabels();
      List<String> lacking =
          service.selector().entrySet().stream()
              .filter(e -> !e.getValue().equals(labels.get(e.getKey())))
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
      boolean only = service.selector().size() == 1;
      // with one pair only, any workload at all would be "near": then its name has to say more
      boolean named = w.ref().name().equals(service.name());
      if (lacking.size() == 1 && (!only || named)) {
        found.add(
            new Near(w, lacking.getFirst(), Optional.ofNullable(labels.get(lacking.getFirst()))));
      }
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** The later of the selector's last edit and the revision that took the label away. */
  private static Optional<Instant> since(Case c, Leg leg, Service service, Optional<Near> near) {
    Stream<Instant> edited =
        service.raw().at("metadata").list("managedFields").stream()
            .filter(m -> m.at("fieldsV1", "f:spec", "f:selector").present())
            .flatMap(m -> m.time("time").stream());
    return Stream.concat(edited, near.stream().flatMap(n -> relabelled(c, leg, service, n)))
        .max(Instant::compareTo);
  }

  /** When the first ReplicaSet came that does not match, after one that did. */
  private static Stream<Instant> relabelled(Case c, Leg leg, Service service, Near near) {
    List<Resource> revisions =
        c.objects(leg.cluster()).in(Kind.REPLICA_SET, service.namespace()).stream()
            .filter(r -> ownedBy(r, near.workload()))
            .sorted(Comparator.comparing(r -> r.createdAt().orElse(Instant.EPOCH)))
            .toList();
    int last = -1;
    for (int i = 0; i < revisions.size(); i++) {
      Map<String, String> labels = new Workload(revisions.get(i)).templateLabels();
      if (Selectors.matches(service.selector(), labels)) {
        last = i;
      }
    }
    return last < 0
        ? Stream.empty()
        : revisions.stream().skip(last + 1L).limit(1).flatMap(r -> r.createdAt().stream());
  }

  private static boolean ownedBy(Resource replicaSet, Workload workload) {
    return replicaSet.at("metadata").list("ownerReferences").stream()
        .anyMatch(
            o ->
                o.string("kind").equals(workload.ref().kind())
                    && o.string("name").equals(workload.ref().name()));
  }
}

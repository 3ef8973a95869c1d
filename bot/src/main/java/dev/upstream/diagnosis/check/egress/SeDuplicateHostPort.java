package dev.upstream.diagnosis.check.egress;

import dev.upstream.diagnosis.Case;
import dev.upstream.diagnosis.Check;
import dev.upstream.diagnosis.CheckInfo;
import dev.upstream.diagnosis.Evidence;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Impact;
import dev.upstream.diagnosis.Serving;
import dev.upstream.diagnosis.check.ProxyProof;
import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Backend;
import dev.upstream.path.Leg;
import dev.upstream.path.ServiceEntries;
import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.ControlPlaneView;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.ProxyView;
import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Several ServiceEntries define one host and port. A proxy gets only one of them (Istio 1.31 drops
 * the others before clusters are built; older ones say so in their push status); which one is told
 * by the endpoints that the proxy really holds.
 */
public final class SeDuplicateHostPort implements Check {
  private static final CheckInfo INFO =
      CheckInfo.rootCause(
          "se-duplicate-host-port",
          "Several definitions of one host and port; only one is used.",
          Set.of(Source.OBJECTS),
          Set.of(Source.PROXY, Source.ISTIOD, Source.LOG),
          List.of("envoy-no-healthy-upstream", "envoy-no-cluster"));

  @Override
  public CheckInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> diagnose(Case c) {
    List<Finding> findings = new ArrayList<>();
    for (Leg leg : c.legs()) {
      if (leg.backend() instanceof Backend.External external) {
        List<Resource> same = sameProtocol(external.entries(), leg.port());
        if (same.size() > 1 && !merged(c, leg, same)) {
          findings.add(finding(c, leg, same));
        } else {
          c.complete(leg.cluster(), Kind.SERVICE_ENTRY, "");
        }
      }
    }
    return findings;
  }

  /** Definitions of the port as most of them declare it; another protocol is another condition. */
  private static List<Resource> sameProtocol(List<Resource> entries, int port) {
    Map<String, List<Resource>> byProtocol = new TreeMap<>();
    for (Resource entry : entries) {
      ServiceEntries.protocol(entry, port)
          .ifPresent(p -> byProtocol.computeIfAbsent(p, k -> new ArrayList<>()).add(entry));
    }
    return byProtocol.values().stream()
        .max(java.util.Comparator.comparing(List::size))
        .orElse(List.of());
  }

  /** The proxies hold the endpoints of each, and they differ: istiod has joined them. */
  private static boolean merged(Case c, Leg leg, List<Resource> same) {
    Set<Set<String>> wanted =
        same.stream().map(SeDuplicateHostPort::endpoints).collect(Collectors.toSet());
    List<ProxyView> proxies = c.proxies(leg);
    return !proxies.isEmpty()
        && wanted.size() > 1
        && wanted.stream().noneMatch(Set::isEmpty)
        && proxies.stream().allMatch(p -> wanted.stream().allMatch(held(p, leg)::containsAll));
  }

  private static Set<String> endpoints(Resource entry) {
    return entry.at("spec").list("endpoints").stream()
        .flatMap(e -> e.text("address").stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> held(ProxyView proxy, Leg leg) {
    return proxy.cluster(leg.envoyCluster()).stream()
        .flatMap(k -> k.hosts().stream())
        .map(ProxyView.ProxyHost::address)
        .collect(Collectors.toSet());
  }

  private static Finding finding(Case c, Leg leg, List<Resource> same) {
    Optional<Resource> kept = kept(c, leg, same);
    Resource extra =
        same.stream()
            .filter(e -> kept.isEmpty() || !e.ref().equals(kept.get().ref()))
            .max(java.util.Comparator.comparing(e -> e.createdAt().orElse(Instant.EPOCH)))
            .orElse(same.getLast());
    String names =
        same.stream().map(e -> e.namespace() + "/" + e.name()).collect(Collectors.joining(", "));
    Finding finding =
        Finding.of(
                INFO,
                leg.cluster(),
                kept.orElse(extra).ref(),
                "Requests go to "
                    + leg.host()
                    + " port "
                    + leg.port()
                    + ", which "
                    + same.size()
                    + " ServiceEntries define ("
                    + names
                    + "); a proxy gets only one of them"
                    + kept.map(k -> ", here " + k.namespace() + "/" + k.name()).orElse("")
                    + ".")
            .at("spec.hosts")
            .hits(alike(same) ? Impact.on(leg, 0) : impact(c, leg))
            .since(extra.createdAt())
            .proof(
                new Evidence(
                    Source.OBJECTS,
                    "ServiceEntries that define "
                        + leg.host()
                        + " port "
                        + leg.port()
                        + ": "
                        + names,
                    Words.kubectl(
                        leg.cluster(),
                        "get serviceentries -A -o wide | grep '" + leg.host() + "'")))
            .proofs(ProxyProof.of(c, leg));
    return finding.proofs(istiod(c, leg));
  }

  /** Whichever of them is kept, the proxy gets the same: then this is not why requests fail. */
  private static boolean alike(List<Resource> same) {
    return same.stream()
            .map(
                e ->
                    List.of(
                        new TreeSet<>(ServiceEntries.leadsTo(e)),
                        e.at("spec").list("endpoints").stream().map(Fields::tree).toList(),
                        e.at("spec").list("ports").stream().map(Fields::tree).toList(),
                        e.at("spec").string("resolution"),
                        e.at("spec").string("location")))
            .distinct()
            .count()
        == 1;
  }

  private static Impact impact(Case c, Leg leg) {
    Serving serving = c.serving(leg);
    if (serving.byProxies() && serving.failing() > 0) {
      return Impact.on(leg, serving.failing());
    }
    List<AccessLogLine> requests = c.requests(leg);
    int failed = (int) requests.stream().filter(AccessLogLine::failed).count();
    return failed > 0 ? Impact.counted(leg, failed, requests.size()) : Impact.on(leg, 0);
  }

  /** The definition whose endpoints the proxies hold, when exactly one fits. */
  private static Optional<Resource> kept(Case c, Leg leg, List<Resource> same) {
    Set<String> held = new TreeSet<>();
    boolean exists = false;
    for (ProxyView proxy : c.proxies(leg)) {
      Optional<ProxyView.ProxyCluster> cluster = proxy.cluster(leg.envoyCluster());
      exists |= cluster.isPresent();
      cluster.ifPresent(k -> k.hosts().forEach(h -> held.add(h.address())));
    }
    boolean empty = exists && held.isEmpty();
    List<Resource> fitting =
        same.stream()
            .filter(
                e ->
                    empty
                        ? e.at("spec").list("endpoints").isEmpty()
                        : !held.isEmpty() && ServiceEntries.leadsTo(e).containsAll(held))
            .toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  private static List<Evidence> istiod(Case c, Leg leg) {
    List<Evidence> proofs = new ArrayList<>();
    for (ControlPlaneView istiod : c.controlPlanes(leg.cluster())) {
      List<String> definitions =
          istiod.registry().stream()
              .filter(s -> s.hostname().equals(leg.host()) && s.ports().contains(leg.port()))
              .map(s -> s.namespace() + "/" + s.name())
              .toList();
      String debug =
          Words.kubectl(
              leg.cluster(),
              "-n " + istiod.namespace() + " port-forward " + istiod.pod() + " 15014");
      if (definitions.size() > 1) {
        proofs.add(
            new Evidence(
                Source.ISTIOD,
                "istiod "
                    + istiod.pod()
                    + " knows "
                    + definitions.size()
                    + " definitions: "
                    + String.join(", ", definitions),
                debug + " & curl -s localhost:15014/debug/registryz"));
      }
      istiod.duplicates().entrySet().stream()
          .filter(d -> d.getKey().endsWith("|" + leg.host()))
          .forEach(
              d ->
                  proofs.add(
                      new Evidence(
                          Source.ISTIOD,
                          "istiod "
                              + istiod.pod()
                              + " reports pilot_duplicate_envoy_clusters for "
                              + d.getKey()
                              + ": "
                              + d.getValue(),
                          debug + " & curl -s localhost:15014/debug/push_status")));
    }
    return proofs;
  }
}

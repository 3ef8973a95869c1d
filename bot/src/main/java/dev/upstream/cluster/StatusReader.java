package dev.upstream.cluster;

import dev.upstream.answer.ClusterStatus;
import dev.upstream.snapshot.Gap;
import dev.upstream.snapshot.IstiodVersions;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.LogRedaction;
import dev.upstream.snapshot.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks one cluster how it is: its version, its istiods, and which rights are missing. */
final class StatusReader {
  /** For all that is asked. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final Pattern VERSION = Pattern.compile("[\\w.+-]{1,60}");

  private final ClusterSource source;
  private final Clients clients;
  private final Limits limits;
  private final InstantSource clock;

  StatusReader(ClusterSource source, Clients clients, Limits limits, InstantSource clock) {
    this.source = source;
    this.clients = clients;
    this.limits = shorter(limits);
    this.clock = clock;
  }

  private static Limits shorter(Limits limits) {
    Duration request = limits.request().compareTo(DEADLINE) < 0 ? limits.request() : DEADLINE;
    return new Limits(request, DEADLINE, limits.concurrency(), limits.logLines());
  }

  ClusterStatus read() {
    Optional<KubernetesClient> client = clients.of(source);
    if (client.isEmpty()) {
      return ClusterStatus.unseen(
          source.name(),
          Clients.unusable(source) + " " + Clients.REPAIR,
          Optional.of(clock.instant()));
    }
    try (Calls calls = new Calls(limits)) {
      return new Reading(client.get(), calls).status();
    }
  }

  /** One reading; what it finds is gathered on its own thread. */
  private final class Reading {
    private final Calls calls;
    private final ApiReader api;
    private final AccessReviews reviews;
    private final List<Pod> istiods = new ArrayList<>();
    private final Set<Right> missing = new HashSet<>();
    private final Set<String> troubles = new TreeSet<>();

    Reading(KubernetesClient client, Calls calls) {
      this.calls = calls;
      this.api = new ApiReader(source.name(), client, limits, calls, clock);
      this.reviews = new AccessReviews(client, calls);
    }

    ClusterStatus status() {
      return switch (api.document("/version")) {
        case ApiReader.Document.Read r ->
            r.root()
                .text("gitVersion")
                .filter(v -> VERSION.matcher(v).matches())
                .map(v -> rest(Optional.of(v)))
                .orElseGet(this::noVersion);
        case ApiReader.Document.Failed f when f.gap().cause() == Gap.Cause.FORBIDDEN ->
            rest(Optional.empty());
        case ApiReader.Document.Failed f when f.gap().cause() == Gap.Cause.UNPARSED -> noVersion();
        case ApiReader.Document.Failed f -> stopped(f.gap().detail() + " " + f.gap().remedy());
      };
    }

    private ClusterStatus noVersion() {
      return stopped(
          "What came for /version names no version. See whether the address of cluster "
              + source.name()
              + " is that of its API server.");
    }

    private ClusterStatus stopped(String trouble) {
      return status(Optional.empty(), List.of(), Optional.of(trouble));
    }

    private ClusterStatus rest(Optional<String> version) {
      Set<String> groups = groups();
      List<Callable<Runnable>> work = new ArrayList<>();
      source.istiodNamespaces().forEach(n -> work.add(() -> istiods(n)));
      for (Permission permission : Permission.ALL) {
        for (Permission.Resource resource : permission.resources()) {
          for (String verb : permission.verbs()) {
            if (groups.isEmpty() || groups.contains(resource.group())) {
              work.add(() -> review(new Right(verb, resource)));
            }
          }
        }
      }
      calls.sideBySide(work);
      return status(
          version,
          StatusReader.missing(missing),
          troubles.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", troubles)));
    }

    private ClusterStatus status(
        Optional<String> version, List<String> missing, Optional<String> trouble) {
      return new ClusterStatus(
          source.name(),
          false,
          api.answered(),
          version,
          IstiodVersions.of(istiods),
          missing,
          trouble.map(LogRedaction::mask),
          Optional.of(clock.instant()));
    }

    /** A kind that is not installed needs no right; empty when nobody says what is installed. */
    private Set<String> groups() {
      return switch (api.document("/apis")) {
        case ApiReader.Document.Failed f -> Set.of();
        case ApiReader.Document.Read r -> {
          Set<String> served =
              r.root().list("groups").stream()
                  .map(g -> g.string("name"))
                  .collect(Collectors.toSet());
          if (!served.isEmpty()) {
            served.addAll(ApiReader.BUILT_IN);
          }
          yield served;
        }
      };
    }

    private Runnable istiods(String namespace) {
      ApiReader.Listed listed = api.list(Kind.POD, namespace, IstiodVersions.LABELS);
      return () -> {
        switch (listed) {
          case ApiReader.Listed.Read r -> r.resources().forEach(p -> istiods.add(new Pod(p)));
          case ApiReader.Listed.Failed f ->
              troubles.add("Istiods were not looked at: " + f.gap().detail());
        }
      };
    }

    private Runnable review(Right right) {
      Permission.Resource resource = right.resource();
      try {
        return reviews.allowed(right.verb(), resource.group(), resource.name(), "")
            ? () -> {}
            : () -> missing.add(right);
      } catch (Calls.Late e) {
        return () -> troubles.add("Not every right could be asked about: " + e.sentence());
      } catch (ExecutionException e) {
        return () ->
            troubles.add("Not every right could be asked about: the API server did not say.");
      }
    }
  }

  private record Right(String verb, Permission.Resource resource) {}

  /** In the order of the permissions; resources that lack the same verbs stand together. */
  private static List<String> missing(Set<Right> missing) {
    List<String> sentences = new ArrayList<>();
    for (Permission permission : Permission.ALL) {
      Map<List<String>, List<Permission.Resource>> byVerbs = new LinkedHashMap<>();
      for (Permission.Resource resource : permission.resources()) {
        List<String> verbs =
            permission.verbs().stream()
                .filter(v -> missing.contains(new Right(v, resource)))
                .toList();
        if (!verbs.isEmpty()) {
          byVerbs.computeIfAbsent(verbs, v -> new ArrayList<>()).add(resource);
        }
      }
      byVerbs.forEach((verbs, resources) -> sentences.add(permission.missing(verbs, resources)));
    }
    return sentences;
  }
}

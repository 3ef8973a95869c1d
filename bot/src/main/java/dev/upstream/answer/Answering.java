package dev.upstream.answer;

import dev.upstream.diagnosis.Catalogue;
import dev.upstream.diagnosis.Diagnoser;
import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.path.Ask;
import dev.upstream.path.Choice;
import dev.upstream.path.NearNames;
import dev.upstream.path.Routes;
import dev.upstream.policy.Place;
import dev.upstream.snapshot.ClusterView;
import dev.upstream.snapshot.LogRedaction;
import dev.upstream.snapshot.Snapshot;
import dev.upstream.target.Target;
import dev.upstream.target.TargetParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Answers questions over the clusters of one collector (RULES.md R7 and R14). */
public final class Answering {
  private static final int MOST_ROUTES = 100;
  private static final String NAME = "[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?";
  private static final Pattern CLIENT = Pattern.compile(NAME + "(?:/" + NAME + ")?");

  private static final Reply.Refused NOT_HERE =
      new Reply.Refused("nothing of that name is here", "", List.of(), Reply.Refused.Why.NAME);

  private final Collector collector;
  private final Diagnoser diagnoser;

  public Answering(Collector collector) {
    this(collector, new Diagnoser(Catalogue.CHECKS));
  }

  public Answering(Collector collector, Diagnoser diagnoser) {
    this.collector = collector;
    this.diagnoser = diagnoser;
  }

  public Reply answer(Question question) {
    Optional<Reply.Refused> refusal = refusal(question);
    return refusal.isPresent()
        ? refusal.get()
        : ask(question, TargetParser.parse(question.target()).orElseThrow());
  }

  /** The same answer again, from what was seen then. */
  public Reply again(Question question, SortedMap<String, Snapshot> seen) {
    Optional<Target> target = TargetParser.parse(question.target());
    if (target.isEmpty() || seen.isEmpty()) {
      return new Reply.Refused("What was seen then is no longer kept. Ask again.");
    }
    Map<String, Diagnoser.Answer> answers = new LinkedHashMap<>();
    Stream.of(starts(question), collector.clusters(), seen.keySet())
        .flatMap(Collection::stream) // in the order in which they were asked
        .filter(seen::containsKey)
        .distinct()
        .forEach(
            cluster ->
                answers.put(
                    cluster,
                    diagnoser.diagnose(
                        Objects.requireNonNull(seen.get(cluster)),
                        new Ask(target.get(), cluster, question.client(), question.namespace()))));
    return reply(answers, target.get(), question);
  }

  /** The clusters that a question is put to first. */
  public List<String> starts(Question question) {
    return starts(question.clusters());
  }

  /**
   * Every route of the clusters: each cluster is read once and every route of it diagnosed.
   *
   * @param clusters as in {@link Question}
   * @param namespace only what objects of this namespace name
   */
  public Reply answerAll(
      List<String> clusters, Optional<String> client, Optional<String> namespace) {
    Optional<Reply.Refused> unknown = unknown(clusters);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    Target everything = new Target.Everything(namespace);
    List<Diagnosis> diagnoses = new ArrayList<>();
    List<String> starts = starts(clusters);
    for (String cluster : starts) {
      Ask ask = new Ask(everything, cluster, client, namespace);
      Snapshot snapshot = collector.collect(ask);
      List<Target> routes =
          snapshot.cluster(cluster).map(v -> Routes.of(v, namespace)).orElse(List.of());
      for (Target target : routes.isEmpty() ? List.of(everything) : routes) {
        Diagnoser.Answer answer =
            diagnoser.diagnose(snapshot, new Ask(target, cluster, client, namespace));
        if (answer instanceof Diagnoser.Answer.Diagnosed d) {
          diagnoses.add(d.diagnosis());
        }
      }
    }
    return diagnoses.isEmpty()
        ? new Reply.Refused(
            "There is no Service and no route"
                + namespace.map(n -> " in namespace " + shortened(n)).orElse("")
                + " (looked in "
                + String.join(", ", starts)
                + ").")
        : Reply.Answered.ofAll(diagnoses, MOST_ROUTES);
  }

  /** Why a question is wrong, as far as that shows before any cluster is asked. */
  public Optional<Reply.Refused> refusal(Question question) {
    Optional<String> trouble = TargetParser.trouble(question.target());
    if (trouble.isPresent()) {
      return trouble.map(Reply.Refused::new);
    }
    if (TargetParser.parse(question.target()).isEmpty()) {
      return Optional.of(
          new Reply.Refused(
              "\""
                  + shortened(question.target())
                  + "\" is no target: give a URL, a host, a service as name, namespace/name or"
                  + " name.namespace, pod/name, ingress/name (each with :port from 1 to 65535 where"
                  + " it has one), or paste a log line."));
    }
    Optional<String> inside = TargetParser.parse(question.target()).flatMap(Answering::namespaceOf);
    Optional<String> asked = question.namespace();
    if (asked.isPresent() && inside.isPresent() && !inside.equals(asked)) {
      return Optional.of(
          new Reply.Refused(
              "The target is in namespace "
                  + inside.get()
                  + ", and namespace "
                  + shortened(asked.get())
                  + " was asked for: name one of them."));
    }
    if (question.client().isPresent() && !CLIENT.matcher(question.client().get()).matches()) {
      return Optional.of(
          new Reply.Refused(
              "\""
                  + shortened(question.client().get())
                  + "\" is no client: name a namespace, or namespace/workload."));
    }
    return unknown(question.clusters());
  }

  /** A client in a namespace that none of the clusters has, where all was read that could. */
  private Optional<Reply> noSuchClient(Question question, Map<String, Snapshot> seen) {
    Optional<String> namespace = question.client().map(c -> c.split("/", 2)[0]);
    if (namespace.isEmpty() || seen.isEmpty()) {
      return Optional.empty();
    }
    List<Reply.Named> near = new ArrayList<>();
    for (Map.Entry<String, Snapshot> one : seen.entrySet()) {
      Optional<ClusterView> view = one.getValue().cluster(one.getKey());
      Optional<List<String>> names = view.flatMap(v -> NearNames.namespace(v, namespace.get()));
      if (names.isEmpty()) {
        return Optional.empty();
      }
      names.get().stream()
          .map(n -> new Reply.Named(one.getKey(), Optional.of(new Place(one.getKey(), n)), n))
          .forEach(near::add);
    }
    return Optional.of(
        new Reply.Refused(
            "There is no namespace "
                + namespace.get()
                + " for a client (looked in "
                + String.join(", ", seen.keySet())
                + ").",
            "Near:",
            near,
            Reply.Refused.Why.QUESTION));
  }

  private static Optional<String> namespaceOf(Target target) {
    return switch (target) {
      case Target.ServiceName t -> t.namespace();
      case Target.PodName t -> t.namespace();
      case Target.IngressName t -> t.namespace();
      case Target.Url t -> Optional.empty();
      case Target.Host t -> Optional.empty();
      case Target.LogLine t -> Optional.empty();
      case Target.Everything t -> Optional.empty();
    };
  }

  private Optional<Reply.Refused> unknown(List<String> clusters) {
    List<String> known = collector.clusters();
    return clusters.stream()
        .filter(c -> !c.equals("all") && !known.contains(c))
        .findFirst()
        .map(
            c ->
                new Reply.Refused(
                    "There is no cluster \""
                        + shortened(c)
                        + "\"; known: "
                        + (known.isEmpty() ? "none" : String.join(", ", known))
                        + "."));
  }

  private Reply ask(Question question, Target target) {
    boolean all = question.clusters().contains("all");
    boolean named = !all && !question.clusters().isEmpty();
    List<String> starts = starts(question.clusters());
    Map<String, Snapshot> seen = new LinkedHashMap<>();
    Map<String, Diagnoser.Answer> answers = answers(starts, question, target, seen);
    boolean elsewhere =
        !named
            && !all
            && answers.values().stream().allMatch(a -> a instanceof Diagnoser.Answer.NoSuchTarget);
    if (elsewhere) {
      List<String> rest = collector.clusters().stream().filter(c -> !starts.contains(c)).toList();
      answers.putAll(answers(rest, question, target, seen));
    }
    return noSuchClient(question, seen).orElseGet(() -> reply(answers, target, question));
  }

  private List<String> starts(List<String> clusters) {
    return clusters.contains("all")
        ? collector.clusters()
        : !clusters.isEmpty()
            ? clusters.stream().distinct().toList()
            : collector.defaultCluster().map(List::of).orElse(collector.clusters());
  }

  private Map<String, Diagnoser.Answer> answers(
      List<String> clusters, Question question, Target target, Map<String, Snapshot> seen) {
    Map<String, Diagnoser.Answer> answers = new LinkedHashMap<>();
    for (String cluster : clusters) {
      Ask ask = new Ask(target, cluster, question.client(), question.namespace());
      Snapshot snapshot = collector.collect(ask);
      seen.put(cluster, snapshot);
      answers.put(cluster, diagnoser.diagnose(snapshot, ask));
    }
    return answers;
  }

  /** Where some clusters have an answer, each other one that was named says why it has none. */
  private static Reply reply(
      Map<String, Diagnoser.Answer> answers, Target target, Question question) {
    List<Diagnosis> diagnoses = new ArrayList<>();
    List<Reply.Other> refused = new ArrayList<>();
    List<Reply.Other> without = new ArrayList<>();
    List<Reply.Named> near = new ArrayList<>();
    for (Map.Entry<String, Diagnoser.Answer> answer : answers.entrySet()) {
      String cluster = answer.getKey();
      switch (answer.getValue()) {
        case Diagnoser.Answer.Diagnosed d -> diagnoses.add(d.diagnosis());
        case Diagnoser.Answer.NoSuchTarget n -> {
          n.near().forEach(w -> near.add(named(cluster, w)));
          if (!question.clusters().isEmpty()) {
            without.add(new Reply.Other(cluster, NOT_HERE));
          }
        }
        case Diagnoser.Answer.NoSuchPort p ->
            refused.add(new Reply.Other(cluster, noSuchPort(cluster, p)));
        case Diagnoser.Answer.Ambiguous a ->
            refused.add(new Reply.Other(cluster, several(cluster, a, target)));
      }
    }
    if (!diagnoses.isEmpty()) {
      return new Reply.Answered(diagnoses)
          .beside(Stream.concat(refused.stream(), without.stream()).toList());
    }
    return refused.isEmpty()
        ? new Reply.Refused(
            "Nothing here is named \""
                + target.shown()
                + "\" (looked in "
                + String.join(", ", answers.keySet())
                + ").",
            "Near:",
            near,
            Reply.Refused.Why.NAME)
        : refused.getFirst().why();
  }

  private static Reply.Refused several(
      String cluster, Diagnoser.Answer.Ambiguous answer, Target target) {
    return new Reply.Refused(
        "\"" + target.shown() + "\" is more than one service: name its namespace as well.",
        "There are",
        answer.choices().stream().map(c -> named(cluster, c)).toList(),
        Reply.Refused.Why.SEVERAL);
  }

  private static Reply.Refused noSuchPort(String cluster, Diagnoser.Answer.NoSuchPort answer) {
    String ports = answer.service().shown() + " has the ports " + String.join(", ", answer.ports());
    return new Reply.Refused(
        "There is no port " + answer.port() + " there:",
        "",
        List.of(named(cluster, new Choice(ports, answer.service().namespace()))),
        Reply.Refused.Why.NAME);
  }

  private static Reply.Named named(String cluster, Choice choice) {
    return new Reply.Named(
        cluster, Optional.of(new Place(cluster, choice.namespace())), choice.shown());
  }

  private static String shortened(String words) {
    String line = LogRedaction.mask(words.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ")).strip();
    return line.length() > 80 ? line.substring(0, 80) + "..." : line;
  }
}

package dev.upstream.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Clearance;
import dev.upstream.answer.Collector;
import dev.upstream.answer.Question;
import dev.upstream.answer.Reply;
import dev.upstream.bundle.BundleCollector;
import dev.upstream.diagnosis.Catalogue;
import dev.upstream.policy.NamePattern;
import dev.upstream.policy.Person;
import dev.upstream.policy.Place;
import dev.upstream.policy.Policy;
import dev.upstream.policy.ReadRule;
import dev.upstream.policy.Reader;
import dev.upstream.policy.Who;
import dev.upstream.report.JsonReport;
import dev.upstream.snapshot.ObjectRef;
import dev.upstream.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Over every scenario, under names that nothing else has: whoever may not read a namespace learns
 * nothing that lies there, and whoever may read all is shown all.
 */
class ReadRightsTest {
  private static final Person ANA = new Person("T0TEAM", "U0ANA", Person.Kind.MEMBER, Set.of());

  private static final Pattern IN_NAMESPACE = Pattern.compile(" in ([a-z0-9-]+)");

  /** A scenario's answer under other names, and where its objects lie. */
  private record Case(
      String title, Question question, Reply reply, Set<Place> places, Collector seen) {
    Clearance.View view(Set<Place> readable) {
      return new Clearance(reader(readable)).view(question, reply, seen, new TreeMap<>());
    }
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Scenario s : Scenario.all()) {
      Recording recording = Recording.of(s.bundle());
      Renaming renaming = new Renaming(recording);
      Snapshot snapshot = renaming.renamed(recording).read();
      Question question = renaming.renamed(s.expected().question());
      Reply reply = Scenario.answer(snapshot, Catalogue.CHECKS, question);
      cases.add(
          new Case(s.title(), question, reply, places(snapshot), new BundleCollector(snapshot)));
    }
    return cases;
  }

  private static Set<Place> places(Snapshot snapshot) {
    Set<Place> places = new TreeSet<>();
    snapshot
        .clusters()
        .forEach(
            (name, cluster) -> {
              cluster.objects().all().forEach(r -> places.add(place(name, r.ref())));
              cluster.proxies().forEach(p -> places.add(new Place(name, p.namespace())));
              cluster.controlPlanes().forEach(p -> places.add(new Place(name, p.namespace())));
              cluster.gaps().stream()
                  .map(g -> IN_NAMESPACE.matcher(g.scope()))
                  .filter(Matcher::find)
                  .forEach(m -> places.add(new Place(name, m.group(1))));
              places.add(new Place(name, ""));
            });
    return places;
  }

  private static Place place(String cluster, ObjectRef ref) {
    return Place.of(cluster, ref);
  }

  private static Reader reader(Set<Place> places) {
    List<ReadRule> rules = new ArrayList<>();
    for (Place p : places) {
      rules.add(
          new ReadRule(
              "",
              rules.size() + 1,
              1,
              List.of(new NamePattern(p.cluster())),
              List.of(new NamePattern(p.namespace())),
              Who.of(true, List.of(), List.of())));
    }
    return new Reader(new Policy(rules), ANA);
  }

  private static String text(Reply reply) {
    return switch (reply) {
      case Reply.Answered a -> JsonReport.of(a, new JsonReport.Timing(0, 0));
      case Reply.Refused r -> r.sentence();
    };
  }

  @Test
  void whoMayReadAllNamespacesOneByOneIsShownAll() {
    for (Case c : cases()) {
      Set<Place> all = new TreeSet<>(c.places());
      c.places().forEach(p -> all.add(new Place(p.cluster(), "kube-system")));
      for (Place p : c.places()) { // a cluster of which nothing was seen may hold the same ones
        c.places().forEach(o -> all.add(new Place(o.cluster(), p.namespace())));
      }
      Clearance.View view = c.view(all);
      assertThat(view.leftOut()).as(c.title() + text(c.reply())).isEmpty();
      assertThat(text(view.reply())).as(c.title()).isEqualTo(text(c.reply()));
    }
  }

  @Test
  void ofANamespaceThatMayNotBeReadNothingIsTold() {
    int told = 0;
    int refused = 0;
    for (Case c : cases()) {
      for (Place hidden : c.places()) {
        if (hidden.namespace().isEmpty()) {
          continue;
        }
        Set<Place> rest = new TreeSet<>(c.places());
        rest.remove(hidden);
        Clearance.View view = c.view(rest);
        boolean elsewhere = rest.stream().anyMatch(p -> p.namespace().equals(hidden.namespace()));
        if (!elsewhere && !asked(c, hidden) && view.reply() instanceof Reply.Answered) {
          assertThat(text(view.reply()))
              .as(c.title() + " without " + hidden)
              .doesNotContainPattern(named(hidden.namespace()));
        }
        told += view.leftOut().isPresent() ? 1 : 0;
        refused +=
            view.reply() instanceof Reply.Refused && c.reply() instanceof Reply.Answered ? 1 : 0;
      }
    }
    assertThat(told).isGreaterThan(50);
    assertThat(refused).isGreaterThan(50);
  }

  /** Who may not read a namespace may type its name: {@code web.shop}. */
  private static boolean asked(Case c, Place hidden) {
    return c.reply() instanceof Reply.Answered a
        && a.worst().target().endsWith("." + hidden.namespace());
  }

  /** As a word of its own, but not as the first label of the host that was asked for. */
  private static String named(String namespace) {
    return Set.of("default", "edge").contains(namespace)
        ? "(?:-n |namespace |\\.)%1$s(?![\\w-])|(?<![\\w/.-])%1$s/".formatted(namespace)
        : "(?<![\\w-])" + Pattern.quote(namespace) + "(?![\\w-]|\\.e(?:qq)?xample)";
  }
}

package dev.upstream.answer;

import static dev.upstream.policy.Rights.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.policy.Person;
import dev.upstream.policy.Policy;
import dev.upstream.policy.ReadRule;
import dev.upstream.policy.Reader;
import dev.upstream.policy.Rights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people with different rights may choose from. */
class ReadableDirectoryTest {
  private final List<String> asked = new ArrayList<>();

  /** Two clusters with the same names in both. */
  private final Directory all =
      new Directory() {
        @Override
        public List<String> clusters() {
          return List.of("east", "west");
        }

        @Override
        public void ready(Collection<String> clusters, Duration most) {
          asked.add("ready " + clusters);
        }

        @Override
        public List<String> namespaces(String cluster) {
          asked.add(cluster);
          return List.of("billing", "shop", "shop-test");
        }

        @Override
        public List<String> services(String cluster, String namespace) {
          asked.add(cluster + "/" + namespace);
          return List.of(namespace + "-web");
        }

        @Override
        public List<ClusterStatus> status() {
          return clusters().stream()
              .map(c -> ClusterStatus.unseen(c, "No answer.", Optional.empty()))
              .toList();
        }
      };

  private Directory seenBy(Person person, ReadRule... rules) {
    return new ReadableDirectory(all, new Reader(new Policy(List.of(rules)), person));
  }

  @Test
  void onlyWhatTheRulesNameIsThere() {
    Directory mine =
        seenBy(
            Rights.member("U0ANA"), rule(1, "east", "shop*", "U0ANA"), rule(2, "*", "*", "U0BOB"));

    assertThat(mine.clusters()).containsExactly("east");
    assertThat(mine.namespaces("east")).containsExactly("shop", "shop-test");
    assertThat(mine.services("east", "shop")).containsExactly("shop-web");
    assertThat(mine.status()).extracting(ClusterStatus::cluster).containsExactly("east");
  }

  @Test
  void whatMayNotBeReadIsNotEvenAskedFor() {
    Directory mine = seenBy(Rights.member("U0ANA"), rule(1, "east", "shop", "U0ANA"));

    assertThat(mine.namespaces("west")).isEmpty();
    assertThat(mine.services("west", "shop")).isEmpty();
    assertThat(mine.services("east", "billing")).isEmpty();
    assertThat(asked).isEmpty();
    mine.ready(all.clusters(), Duration.ZERO);
    assertThat(asked).containsExactly("ready [east]");
  }

  @Test
  void aRuleForAllShowsAll() {
    Directory mine = seenBy(Rights.member("U0ANA"), rule(1, "*", "*", "everyone"));

    assertThat(mine.clusters()).isEqualTo(all.clusters());
    assertThat(mine.namespaces("west")).isEqualTo(all.namespaces("west"));
    assertThat(mine.services("west", "billing")).containsExactly("billing-web");
    assertThat(mine.status()).isEqualTo(all.status());
  }

  @Test
  void guestsAndOthersSeeNothingWhateverTheRulesSay() {
    for (Person.Kind kind : Person.Kind.values()) {
      Directory theirs = seenBy(Rights.of(kind), rule(1, "*", "*", "everyone U0ANA"));
      boolean member = kind == Person.Kind.MEMBER;

      assertThat(theirs.clusters().isEmpty()).as("clusters of " + kind).isEqualTo(!member);
      assertThat(theirs.namespaces("east").isEmpty()).as("names of " + kind).isEqualTo(!member);
      assertThat(theirs.services("east", "shop").isEmpty()).isEqualTo(!member);
      assertThat(theirs.status().isEmpty()).as("status for " + kind).isEqualTo(!member);
    }
  }
}

package dev.upstream.slack;

import static dev.upstream.slack.CourierRig.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.SideBySide;
import dev.upstream.answer.Question;
import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Begun;
import dev.upstream.conversation.Ledger;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import dev.upstream.conversation.Run;
import dev.upstream.conversation.RunState;
import dev.upstream.conversation.Wanted;
import dev.upstream.conversation.Work;
import dev.upstream.store.JobSettings;
import dev.upstream.store.TestDatabase.Engine;
import dev.upstream.workspace.Disturbance;
import dev.upstream.workspace.Post;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** From a question to its thread, through the store, while replicas come and go. */
@SideBySide
@ParameterizedClass
@EnumSource(Engine.class)
class ConversationTest {
  private final Engine engine;
  @TempDir private Path directory;
  private CourierRig rig;

  ConversationTest(Engine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void open() throws Exception {
    rig = new CourierRig(engine, directory);
  }

  @AfterEach
  void close() {
    assertThat(rig.workspace.violations()).isEmpty();
    assertThat(rig.workspace.figures().limited()).isZero();
    assertThat(rig.undelivered).isEmpty();
    rig.close();
  }

  /** Answers at once, under every headline that waits for it. */
  private record Answer(Ledger ledger, InstantSource clock) implements Work {
    @Override
    public Map<String, Integer> clusters(Question question) {
      return Map.of("east", 4);
    }

    @Override
    public void run(Run run) {
      ledger.finish(run, RunState.ANSWERED, h -> words(run, h), clock.instant());
    }

    @Override
    public void waits(Run run) {}

    @Override
    public void tell(Run run, int failures) {
      throw new IllegalStateException("it is told at once");
    }

    @Override
    public void takeUp(String work) {
      throw new IllegalStateException(work);
    }

    @Override
    public void giveUp(Run run) {
      throw new IllegalStateException("gave up");
    }

    private static List<Wanted> words(Run run, List<Wanted> headlines) {
      List<Wanted> words = new ArrayList<>();
      for (Wanted headline : headlines) {
        Wanted answer = headline.now(says("answer " + run.question().target()), true);
        words.add(answer);
        for (int i = 1; i <= 3; i++) {
          words.add(answer.below(headline.id() + "-" + i, i, says("part " + i)));
        }
      }
      return words;
    }
  }

  private Begun asks(String id, String target, Place place) {
    Instant now = Instant.now(); // by which jobs are due here; the rig's clock runs ahead of it
    Asker asker = new Asker(new Person(place.team(), rig.ana, "ana"), place, Optional.empty());
    Run run = Run.of(id, asker, Question.about(target), now);
    Wanted headline = Wanted.headline("h-" + id, id, place, says("looking"));
    return rig.store.ledger().begin(run, headline, "trigger-" + id, now);
  }

  private void work() {
    rig.store.work(
        new Answer(rig.store.ledger(), rig.clock), new JobSettings(4, Duration.ofDays(30)));
  }

  private static void aStory(List<Post> posts, String answer) {
    assertThat(posts)
        .extracting(Post::text)
        .containsExactly("answer " + answer, "part 1", "part 2", "part 3");
    String head = posts.getFirst().ts();
    assertThat(posts.stream().skip(1)).allSatisfy(p -> assertThat(p.thread()).contains(head));
  }

  @Test
  void aQuestionIsAnsweredOnceAlthoughTheReplicaStopsInTheMiddle() {
    assertThat(asks("run-1", "shop.example.com", rig.incidents)).isInstanceOf(Begun.New.class);
    rig.courier();
    rig.allDone();
    assertThat(rig.texts()).containsExactly("looking");
    rig.restart();

    work();
    CourierRig.eventually()
        .until(() -> rig.store.ledger().run("run-1").orElseThrow().state() == RunState.ANSWERED);
    rig.workspace.faults().next("chat.postMessage", new Disturbance.LostAnswer());
    rig.workspace.faults().always("conversations.replies", new Disturbance.ServerError());
    rig.courier();
    CourierRig.eventually().until(() -> rig.posts().size() >= 2);
    rig.restart();

    assertThat(rig.store.outbox().waiting()).isEqualTo(3);
    rig.workspace.faults().calm();
    rig.courier();
    rig.allDone();
    aStory(rig.posts(), "shop.example.com");
    assertThat(asks("run-1", "shop.example.com", rig.incidents))
        .isInstanceOf(Begun.Duplicate.class);
  }

  @Test
  void twoReplicasTellTenStoriesAndEveryMessageOnce() {
    List<String> channels = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String name = "channel-" + i;
      Place place = Place.of(rig.incidents.team(), rig.workspace.addChannel(name, "ana"));
      rig.workspace.inviteBot(name);
      channels.add(name);
      asks("run-" + i, "shop" + i % 5 + ".example.com", place);
    }
    rig.workspace.faults().next("chat.postMessage", 4, new Disturbance.LostAnswer());
    rig.workspace.faults().next("chat.postMessage", 2, new Disturbance.ServerError());
    rig.workspace.faults().next("chat.postMessage", 2, new Disturbance.RateLimited(2));
    rig.courier();
    rig.courier(rig.database.open().outbox());
    work();

    CourierRig.eventually()
        .until(() -> channels.stream().allMatch(c -> rig.workspace.posts(c).size() >= 4));
    rig.allDone();
    for (int i = 0; i < 10; i++) {
      aStory(rig.workspace.posts("channel-" + i), "shop" + i % 5 + ".example.com");
    }
  }
}

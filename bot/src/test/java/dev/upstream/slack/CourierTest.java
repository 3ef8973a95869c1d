package dev.upstream.slack;

import static dev.upstream.slack.CourierRig.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.SideBySide;
import dev.upstream.conversation.Bytes;
import dev.upstream.conversation.Content;
import dev.upstream.conversation.Method;
import dev.upstream.conversation.Outbox;
import dev.upstream.conversation.Taken;
import dev.upstream.conversation.Wanted;
import dev.upstream.store.TestDatabase.Engine;
import dev.upstream.workspace.Disturbance;
import dev.upstream.workspace.Post;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wanted comes to Slack once, in order, whatever goes wrong on the way. */
@SideBySide
class CourierTest {
  private static final String REPLACES =
      "This replaces my earlier message, which Slack does not let me edit any more.";

  @TempDir private Path directory;
  private CourierRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new CourierRig(Engine.H2, directory);
  }

  @AfterEach
  void close() {
    assertThat(rig.workspace.violations()).isEmpty();
    assertThat(rig.workspace.figures().limited()).isZero();
    rig.close();
  }

  private Wanted[] story() {
    Wanted head = rig.headline("h", "the answer");
    return new Wanted[] {
      head.below("a", 1, says("one")),
      head.below("b", 2, says("two")),
      head,
      head.below("c", 3, says("three"))
    };
  }

  private void theStoryIsThereOnce() {
    assertThat(rig.texts()).containsExactly("the answer", "one", "two", "three");
    String head = rig.posts().getFirst().ts();
    assertThat(rig.posts().stream().skip(1)).allSatisfy(p -> assertThat(p.thread()).contains(head));
    assertThat(rig.undelivered).isEmpty();
  }

  @Test
  void aStoryIsToldInOrderAndEachMessageCanBeFoundAgain() {
    rig.want(story());
    rig.courier();
    rig.allDone();

    theStoryIsThereOnce();
    assertThat(rig.posts())
        .extracting(p -> p.metadata().at("/event_payload/id").asText())
        .containsExactly("h", "a", "b", "c");
    assertThat(rig.posts().getFirst().blocks().at("/0/text/text").asText()).isEqualTo("the answer");
    assertThat(rig.calls("conversations.history")).isZero();
  }

  @Test
  void onlyTheNewestStateIsShownAndFewOfThoseBefore() {
    Wanted head = rig.headline("h", "looking");
    rig.want(head);
    Courier courier = rig.courier();
    rig.allDone();
    for (int i = 1; i <= 50; i++) {
      head = head.now(says("looking " + i), false);
      rig.want(head);
      courier.wake();
    }
    rig.want(head.now(says("the answer"), true));
    rig.allDone();

    assertThat(rig.texts()).containsExactly("the answer");
    assertThat(rig.posts().getFirst().edited()).isTrue();
    assertThat(rig.calls("chat.update")).isLessThan(25);
  }

  @Test
  void anAnswerThatGotLostMakesNoSecondMessage() {
    rig.workspace.faults().next("chat.postMessage", 3, new Disturbance.LostAnswer());
    rig.want(story());
    rig.courier();
    rig.allDone();

    theStoryIsThereOnce();
    assertThat(rig.calls("chat.postMessage")).isEqualTo(4);
    assertThat(rig.calls("conversations.history")).isEqualTo(1);
    assertThat(rig.calls("conversations.replies")).isEqualTo(2);
  }

  @Test
  void aRequestThatGotLostIsMadeAgainAfterALook() {
    rig.workspace.faults().next("chat.postMessage", 2, new Disturbance.LostRequest());
    rig.workspace.faults().next("conversations.history", new Disturbance.LostAnswer());
    rig.want(story());
    rig.courier();
    rig.allDone();

    theStoryIsThereOnce();
    assertThat(rig.calls("conversations.history")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aServerErrorLeavesTheOutcomeOpen() {
    rig.workspace.faults().next("chat.postMessage", new Disturbance.ServerError());
    rig.workspace.faults().next("chat.postMessage", new Disturbance.Refused("internal_error"));
    rig.want(story());
    rig.courier();
    rig.allDone();

    theStoryIsThereOnce();
    assertThat(rig.calls("conversations.history")).isEqualTo(2);
  }

  @Test
  void manyMessagesAreLookedThroughPageByPage() throws Exception {
    lookedThrough(250, outbox -> {});
    assertThat(rig.calls("conversations.history")).isEqualTo(2);
  }

  /** Whoever began with the first page again at every call that is allowed would never end. */
  @Test
  void aSearchComesToAnEndWhereCallsAreScarce() throws Exception {
    lookedThrough(
        450, outbox -> outbox.close(Method.HISTORY.at(rig.incidents), rig.clock.instant()));
  }

  private void lookedThrough(int noise, Consumer<Outbox> before) throws Exception {
    SlackApi slack = rig.slack();
    Outbox outbox = rig.store.outbox();
    rig.want(rig.headline("h", "the answer"));
    Taken taken = outbox.take(1, Duration.ofSeconds(40), rig.clock.instant()).getFirst();
    new Wire(slack).post(taken, says("the answer"), false);
    rig.workspace.withoutRateLimits();
    for (int i = 0; i < noise; i++) {
      slack.methods().chatPostMessage(r -> r.channel(rig.incidents.channel()).text("noise"));
    }
    outbox.unknown(taken, rig.clock.instant(), "crashed");
    before.accept(outbox);
    rig.courier();
    rig.allDone();

    assertThat(rig.texts()).filteredOn("the answer"::equals).hasSize(1);
    assertThat(outbox.ts("h")).contains(rig.posts().getFirst().ts());
  }

  @Test
  void patienceIsKeptAndNothingIsLost() {
    rig.workspace.faults().next("chat.postMessage", 3, new Disturbance.RateLimited(7));
    rig.want(story());
    rig.courier();
    rig.allDone();

    theStoryIsThereOnce();
    assertThat(rig.calls("conversations.history") + rig.calls("conversations.replies")).isZero();
  }

  @Test
  void anOutageIsRiddenOut() {
    rig.workspace.faults().outage();
    Wanted[] story = story();
    rig.want(story);
    AtomicInteger tries = new AtomicInteger();
    rig.courier(watched("later", tries::incrementAndGet));
    Wanted head = story[2];
    CourierRig.eventually().until(() -> tries.get() > 1);
    rig.want(head.now(says("the answer after all"), true));
    rig.workspace.faults().calm();
    rig.allDone();

    assertThat(rig.texts()).containsExactly("the answer after all", "one", "two", "three");
    assertThat(rig.posts().getFirst().edited()).isFalse();
  }

  @Test
  void anEditIsRepeatedUntilSlackTakesIt() {
    Wanted head = rig.headline("h", "looking");
    rig.want(head);
    rig.courier();
    rig.allDone();
    rig.workspace.faults().next("chat.update", new Disturbance.ServerError());
    rig.workspace.faults().next("chat.update", new Disturbance.LostAnswer());
    rig.workspace.faults().next("chat.update", new Disturbance.RateLimited(3));
    rig.want(head.now(says("the answer"), true));
    rig.allDone();

    assertThat(rig.texts()).containsExactly("the answer");
  }

  @Test
  void aCrashBetweenSlackAndTheStoreMakesNoSecondMessage() {
    AtomicInteger sent = new AtomicInteger();
    rig.courier(
        watched(
            "sent",
            () -> {
              if (sent.incrementAndGet() == 1) {
                throw new IllegalStateException("crashed");
              }
            }));
    rig.want(story());
    rig.allDone();

    theStoryIsThereOnce();
    assertThat(sent).hasValue(5);
    assertThat(rig.calls("conversations.history")).isEqualTo(1);
  }

  /** The real outbox; something happens before each call of one method. */
  private Outbox watched(String name, Runnable before) {
    Outbox outbox = rig.store.outbox();
    return (Outbox)
        Proxy.newProxyInstance(
            Outbox.class.getClassLoader(),
            new Class<?>[] {Outbox.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(name)) {
                before.run();
              }
              try {
                return method.invoke(outbox, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void anOlderStateThatIsFoundIsBroughtUpToDate() {
    Outbox outbox = rig.store.outbox();
    Wanted head = rig.headline("h", "looking");
    rig.want(head);
    Taken taken = outbox.take(1, Duration.ofSeconds(40), rig.clock.instant()).getFirst();
    new Wire(rig.slack()).post(taken, says("looking"), false);
    rig.want(head.now(says("the answer"), true));
    outbox.unknown(taken, rig.clock.instant(), "crashed");
    rig.courier();
    rig.allDone();

    assertThat(rig.texts()).containsExactly("the answer");
    assertThat(rig.posts().getFirst().edited()).isTrue();
  }

  @Test
  void aChannelThatTheBotIsNotInIsAnsweredOtherwise() {
    String elsewhere = rig.workspace.addChannel("elsewhere", "ana");
    Wanted head =
        Wanted.headline(
            "h",
            "run-1",
            dev.upstream.conversation.Place.of(rig.incidents.team(), elsewhere),
            says("looking"));
    rig.want(head, head.below("a", 1, says("one")));
    rig.courier();
    rig.allDone();

    assertThat(rig.undelivered).containsExactly("h not_in_channel");
    assertThat(rig.workspace.posts("elsewhere")).isEmpty();
  }

  @Test
  void aWhisperGoesWhereTheCommandSaysAndOtherwiseThroughTheChannel() {
    rig.want(
        rig.whisper("w1", Optional.of(rig.responseUrl()), "by the command"),
        rig.whisper("w2", Optional.empty(), "by the channel"),
        rig.whisper("w3", Optional.of("https://evil.example/hook"), "not to others"));
    rig.courier();
    rig.allDone();

    assertThat(rig.posts()).allSatisfy(p -> assertThat(p.onlyFor()).contains("ana"));
    assertThat(rig.texts())
        .containsExactlyInAnyOrder("by the command", "by the channel", "not to others");
    assertThat(rig.calls("response_url")).isEqualTo(1);
  }

  @Test
  void aWhisperWithAnUnknownEndIsNotRepeated() {
    rig.workspace.faults().next("response_url", new Disturbance.LostAnswer());
    rig.workspace.faults().next("chat.postEphemeral", new Disturbance.LostRequest());
    rig.want(
        rig.whisper("w1", Optional.of(rig.responseUrl()), "heard"),
        rig.whisper("w2", Optional.empty(), "not heard"));
    rig.courier();
    rig.allDone();

    assertThat(rig.texts()).containsExactly("heard");
    assertThat(rig.undelivered)
        .containsExactlyInAnyOrder("w1 outcome_unknown", "w2 outcome_unknown");
  }

  @Test
  void aWhisperThatWasSurelyNotHeardIsRepeated() {
    rig.workspace.faults().next("response_url", new Disturbance.RateLimited(1));
    rig.want(rig.whisper("w1", Optional.of(rig.responseUrl()), "heard"));
    rig.courier();
    rig.allDone();

    assertThat(rig.texts()).containsExactly("heard");
  }

  private Wanted[] withFile() {
    Wanted head = rig.headline("h", "the answer");
    byte[] bytes = "a log line\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    return new Wanted[] {head, head.below("f", 1, new Content.Upload("web.log", Bytes.of(bytes)))};
  }

  private void theFileIsThereOnce() {
    Post head = rig.posts().getFirst();
    assertThat(rig.posts().stream().skip(1))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.thread()).contains(head.ts());
              assertThat(p.files()).hasSize(1);
              assertThat(rig.workspace.content(p.files().getFirst()))
                  .asString(StandardCharsets.UTF_8)
                  .isEqualTo("a log line\n".repeat(1_000));
            });
  }

  @Test
  void aFileComesIntoTheThread() {
    rig.want(withFile());
    rig.courier();
    rig.allDone();

    theFileIsThereOnce();
    assertThat(rig.posts().getLast().files().getFirst().name()).isEqualTo("web.log");
  }

  @Test
  void aFileComesOnceWhateverGetsLost() {
    rig.workspace.faults().next("files.getUploadURLExternal", new Disturbance.LostAnswer());
    rig.workspace.faults().next("upload", new Disturbance.LostAnswer());
    rig.workspace.faults().next("upload", new Disturbance.ServerError());
    rig.workspace.faults().next("files.completeUploadExternal", new Disturbance.LostRequest());
    rig.workspace.faults().next("files.completeUploadExternal", new Disturbance.LostAnswer());
    rig.want(withFile());
    rig.courier();
    rig.allDone();

    theFileIsThereOnce();
  }

  @Test
  void aHeadlineThatSomebodyTookAwayComesAnewWithItsThreadBelow() {
    Wanted head = rig.headline("h", "looking");
    rig.want(head);
    rig.courier();
    rig.allDone();
    rig.workspace.delete("incidents", rig.posts().getFirst().ts());
    Wanted answer = head.now(says("the answer"), true);
    rig.want(
        answer,
        answer.below("a", 1, says("one")),
        answer.below("b", 2, says("two")),
        answer.below("c", 3, says("three")));
    rig.allDone();

    theStoryIsThereOnce();
  }

  /** Steps on the way are left out; each answer that may not be an edit is one message more. */
  @ParameterizedTest
  @ValueSource(strings = {"edit_window_closed", "cant_update_message"})
  void aHeadlineThatMayNotBeEditedAnyMoreIsFollowedByOneWithTheAnswer(String error) {
    Wanted head = rig.headline("h", "looking");
    rig.want(head);
    rig.courier();
    rig.allDone();
    rig.workspace.faults().always("chat.update", new Disturbance.Refused(error));
    for (int i = 0; i < 3; i++) {
      head = head.now(says("looking on " + i), false);
      rig.want(head);
      rig.allDone();
    }
    assertThat(rig.texts()).containsExactly("looking");

    Wanted answer = head.now(says("the answer"), true);
    rig.want(answer, answer.below("a", 1, says("one")));
    rig.allDone();
    assertThat(rig.texts()).containsExactly("looking", "the answer", "one");
    assertThat(rig.posts().getLast().thread()).contains(rig.posts().get(1).ts());
    assertThat(rig.posts().get(1).blocks().toString()).contains(REPLACES);

    Wanted again = answer.now(says("the next answer"), true);
    rig.want(again);
    rig.allDone();
    assertThat(rig.texts()).containsExactly("looking", "the answer", "one", "the next answer");
    assertThat(rig.posts().getLast().blocks().toString()).contains(REPLACES);
    rig.workspace.faults().calm();
    rig.want(again.now(says("edited"), true));
    rig.allDone();
    assertThat(rig.texts()).containsExactly("looking", "the answer", "one", "edited");
    assertThat(rig.posts().getLast().blocks().toString()).doesNotContain(REPLACES);
    assertThat(rig.undelivered).isEmpty();
  }

  @Test
  void aHeadlineThatIsTakenAwayAgainAndAgainIsLetGo() {
    Wanted head = rig.headline("h", "looking");
    rig.want(head);
    rig.courier();
    rig.allDone();
    rig.workspace.delete("incidents", rig.posts().getFirst().ts());
    head = head.now(says("looking on"), true);
    rig.want(head);
    rig.allDone();
    rig.workspace.delete("incidents", rig.posts().getFirst().ts());
    rig.want(head.now(says("the answer"), true));
    rig.allDone();

    assertThat(rig.posts()).isEmpty();
    assertThat(rig.undelivered).containsExactly("h message_not_found");
  }

  @Test
  void whatIsTakenBackIsGoneAndWhatWasNeverSaidIsNotSaid() {
    Wanted head = rig.headline("h", "looking");
    rig.want(head);
    rig.courier();
    rig.allDone();
    rig.workspace.faults().next("chat.delete", new Disturbance.LostAnswer());
    Wanted never = rig.headline("n", "never");
    rig.want(head.now(new Content.Nothing(), true), never.now(new Content.Nothing(), true));
    rig.allDone();

    assertThat(rig.posts()).isEmpty();
    assertThat(rig.undelivered).isEmpty();
  }

  @Test
  void whatMayHaveBeenSaidIsLookedForBeforeItIsTakenBack() {
    Outbox outbox = rig.store.outbox();
    Wanted head = rig.headline("h", "looking");
    rig.want(head);
    Taken taken = outbox.take(1, Duration.ofSeconds(40), rig.clock.instant()).getFirst();
    new Wire(rig.slack()).post(taken, says("looking"), false);
    assertThat(rig.posts()).hasSize(1);
    outbox.unknown(taken, rig.clock.instant(), "crashed");
    rig.want(head.now(new Content.Nothing(), true));
    rig.courier();
    rig.allDone();

    assertThat(rig.posts()).isEmpty();
  }

  @Test
  void blocksThatSlackDoesNotTakeAreLeftOut() {
    rig.workspace.faults().next("chat.postMessage", new Disturbance.Refused("invalid_blocks"));
    rig.want(rig.headline("h", "the answer"));
    rig.courier();
    rig.allDone();

    assertThat(rig.texts()).containsExactly("the answer");
    assertThat(rig.posts().getFirst().blocks()).isEmpty();
  }

  @Test
  void messagesWaitForAnOperator() {
    rig.workspace.faults().next("chat.postMessage", new Disturbance.Refused("token_revoked"));
    rig.want(story());
    rig.courier();
    rig.allDone();

    theStoryIsThereOnce();
  }
}

package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.app_backend.views.payload.ViewClosedPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.methods.response.views.ViewsOpenResponse;
import com.slack.api.methods.response.views.ViewsUpdateResponse;
import com.slack.api.model.view.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modals and Homes: opened with a trigger, filled, submitted, refused, pushed, closed. */
class ViewTest {
  private static final String PLAIN = "{\"type\":\"plain_text\",\"emoji\":false,\"text\":\"%s\"}";
  private static final String FIELDS =
      """
      {"type":"input","block_id":"host","label":%s,"element":{"type":"plain_text_input","action_id":"typed","min_length":3,"max_length":10}},
      {"type":"input","block_id":"more","optional":true,"dispatch_action":true,"label":%s,
       "element":{"type":"external_select","action_id":"ns:v1","min_query_length":0}},
      {"type":"actions","block_id":"row","elements":[{"type":"button","action_id":"go:v1","text":%s}]}
      """
          .formatted(PLAIN.formatted("Host"), PLAIN.formatted("Namespace"), PLAIN.formatted("Go"));

  private final List<String> triggers = new CopyOnWriteArrayList<>();
  private final List<ViewSubmissionPayload> submitted = new ArrayList<>();
  private Rig rig;
  private BoltBot bolt;
  private Person ana;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
    bolt = new BoltBot(rig);
    ana = rig.workspace.person("ana");
    bolt.app.command(
        "/upstream",
        (request, context) -> {
          triggers.add(request.getPayload().getTriggerId());
          return context.ack();
        });
    bolt.app.blockAction(
        java.util.regex.Pattern.compile(".*"),
        (request, context) -> {
          triggers.add(request.getPayload().getTriggerId());
          return context.ack();
        });
  }

  @AfterEach
  void close() throws Exception {
    bolt.close();
    rig.close();
  }

  private static String modal(String rest, String blocks) {
    return "{\"type\":\"modal\",\"callback_id\":\"ask\",\"title\":"
        + PLAIN.formatted("Check")
        + ",\"submit\":"
        + PLAIN.formatted("Check")
        + rest
        + ",\"blocks\":["
        + blocks
        + "]}";
  }

  private String trigger() {
    ana.types("incidents", "/upstream", "");
    return triggers.getLast();
  }

  private ViewsOpenResponse open(String trigger, String view) {
    return Rig.ask(() -> rig.bot.viewsOpen(r -> r.triggerId(trigger).viewAsString(view)));
  }

  private OpenView opened(String view) {
    ViewsOpenResponse response = open(trigger(), view);
    assertThat(response.getError()).as("%s", response).isNull();
    return ana.modal();
  }

  private void answers(String json) {
    bolt.app.viewSubmission(
        "ask",
        (request, context) -> {
          submitted.add(request.getPayload());
          return context.ackWithJson(
              new com.google.gson.Gson().fromJson(json, com.google.gson.JsonObject.class));
        });
  }

  private void nothingWrong() {
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void aTriggerOpensOneViewWithinThreeSeconds() {
    String view = modal("", FIELDS);
    String trigger = trigger();
    assertThat(open(trigger, view).getView().getId()).isEqualTo(ana.modal().id());
    assertThat(ana.modal().title()).isEqualTo("Check");
    nothingWrong();
    String late = trigger();
    rig.passes(Duration.ofMillis(3_001));
    assertThat(open(late, view).getError()).isEqualTo("expired_trigger_id");
    assertThat(rig.workspace.figures().expiredTriggers()).isEqualTo(1);
    assertThat(rig.workspace.expect("views.open: expired_trigger_id")).isEqualTo(1);
    nothingWrong();
    String used = trigger();
    assertThat(open(used, view).isOk()).isTrue();
    assertThat(open(used, view).getError()).isEqualTo("exchanged_trigger_id");
    assertThat(open("1.2.3", view).getError()).isEqualTo("invalid_trigger_id");
    assertThat(rig.workspace.expect("")).isEqualTo(2);
  }

  @Test
  void aModalThatIsAnsweredTooLateStaysOpen() {
    bolt.app.viewSubmission(
        "ask",
        (request, context) -> {
          BoltBot.dawdle();
          return context.ack();
        });
    OpenView modal = opened(modal("", FIELDS)).fills("Host", "shop");
    rig.workspace.patience(BoltBot.SHORT);
    modal.submits();
    assertThat(modal.isOpen()).isTrue();
    assertThat(modal.transcript()).contains("We had some trouble connecting. Try again?");
    rig.workspace.expect("interactive: acknowledged after ");
    nothingWrong();
  }

  @Test
  void whatWasTypedIsSubmittedAndTheModalCloses() {
    answers("{}");
    OpenView modal = opened(modal(",\"private_metadata\":\"m\"", FIELDS));
    modal.fills("Host", "shop");
    assertThat(modal.submits().status()).isEqualTo(200);
    View view = submitted.getFirst().getView();
    assertThat(view.getState().getValues())
        .hasEntrySatisfying(
            "host",
            h ->
                assertThat(h)
                    .hasEntrySatisfying("typed", t -> assertThat(t.getValue()).isEqualTo("shop")));
    assertThat(view.getPrivateMetadata()).isEqualTo("m");
    assertThat(view.getCallbackId()).isEqualTo("ask");
    assertThat(submitted.getFirst().getUser().getId()).isEqualTo("U0ANA");
    assertThat(modal.isOpen()).isFalse();
    assertThat(ana.hasModal()).isFalse();
    assertThatThrownBy(modal::submits).isInstanceOf(Impossible.class);
    nothingWrong();
  }

  @Test
  void whatSlackWouldNotSubmitIsNotSent() {
    answers("{}");
    OpenView modal = opened(modal("", FIELDS));
    assertThatThrownBy(modal::submits).hasMessageContaining("Host: a value is required");
    modal.fills("Host", "ab");
    assertThatThrownBy(modal::submits).hasMessageContaining("Host: too short");
    assertThatThrownBy(() -> modal.fills("Host", "01234567890"))
        .hasMessageContaining("takes no more");
    assertThat(submitted).isEmpty();
    OpenView silent =
        opened(modal("", "{\"type\":\"divider\"}").replaceAll("\"submit\":\\{[^}]*\\},", ""));
    assertThatThrownBy(silent::submits).hasMessageContaining("no button");
    nothingWrong();
  }

  @Test
  void errorsStandUnderTheirFields() {
    answers("{\"response_action\":\"errors\",\"errors\":{\"host\":\"There is no such host\"}}");
    OpenView modal = opened(modal("", FIELDS));
    modal.fills("host/typed", "shop");
    modal.submits();
    assertThat(modal.errors()).isEqualTo(Map.of("host", "There is no such host"));
    assertThat(modal.isOpen()).isTrue();
    assertThat(modal.transcript())
        .isEqualTo(
            """
            === Check ===
            Host: [shop]
            Namespace (optional): [v]
            [Go]
            ! host: There is no such host
            [Cancel] [Check]
            """);
    nothingWrong();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'response_action':'errors','errors':{'row':'x'}} | an error for no input",
        "{'response_action':'errors','errors':{}} | without errors",
        "{'response_action':'shout'} | unknown response_action",
        "{'text':'x'} | no response_action",
        "{'response_action':'update','view':{'type':'modal','blocks':[]}} | invalid_arguments"
      })
  void aWrongAnswerIsAViolation(String json, String reason) {
    answers(json.replace('\'', '"'));
    opened(modal("", FIELDS)).fills("Host", "shop").submits();
    assertThat(rig.workspace.expect(reason)).isEqualTo(1);
  }

  @Test
  void anAnswerMayShowAnotherViewInItsPlaceOrOnTop() {
    String next = modal("", "{\"type\":\"divider\"}").replace("\"ask\"", "\"next\"");
    answers("{\"response_action\":\"update\",\"view\":" + next + "}");
    OpenView modal = opened(modal("", FIELDS));
    modal.fills("Host", "shop").submits();
    assertThat(ana.modal().id()).isEqualTo(modal.id());
    assertThat(ana.modal().blocks()).hasSize(1);

    bolt.app.viewSubmission(
        "next",
        (request, context) ->
            context.ackWithJson(
                new com.google.gson.Gson()
                    .fromJson(
                        "{\"response_action\":\"push\",\"view\":" + modal("", FIELDS) + "}",
                        com.google.gson.JsonObject.class)));
    ana.modal().submits();
    assertThat(ana.modal().id()).isNotEqualTo(modal.id());
    assertThatThrownBy(modal::submits).hasMessageContaining("not on top");
    ana.modal().closes();
    assertThat(ana.modal().id()).isEqualTo(modal.id());
    nothingWrong();
  }

  @Test
  void anAnswerMayCloseAll() {
    answers("{\"response_action\":\"clear\"}");
    opened(modal("", FIELDS)).fills("Host", "shop").submits();
    assertThat(ana.hasModal()).isFalse();
    nothingWrong();
  }

  @Test
  void aModalStaysOpenWhenTheBotDoesNotAnswer() {
    OpenView modal = opened(modal("", FIELDS));
    rig.workspace.deliver(Delivery.sockets());
    assertThat(modal.fills("Host", "shop").submits().status()).isZero();
    assertThat(modal.isOpen()).isTrue();
  }

  @Test
  void threeLieOnTopOfEachOtherAndNoMore() {
    OpenView first = opened(modal("", FIELDS));
    for (int i = 0; i < 2; i++) {
      ana.modal().clicks("Go");
      assertThat(push(triggers.getLast())).isEmpty();
    }
    View third =
        Rig.ask(
                () ->
                    rig.bot.viewsUpdate(
                        r -> r.viewId(ana.modal().id()).viewAsString(modal("", FIELDS))))
            .getView();
    assertThat(third.getRootViewId()).isEqualTo(first.id());
    assertThat(third.getPreviousViewId()).isNotEqualTo(first.id());
    nothingWrong();
    ana.modal().clicks("Go");
    assertThat(push(triggers.getLast())).isEqualTo("push_limit_reached");
    assertThat(push(trigger())).isEqualTo("invalid_trigger_id");
    assertThat(rig.workspace.expect("")).isEqualTo(2);
  }

  private String push(String trigger) {
    return Rig.error(
        () -> rig.bot.viewsPush(r -> r.triggerId(trigger).viewAsString(modal("", FIELDS))));
  }

  private ViewsUpdateResponse update(String id, String hash, String view) {
    return Rig.ask(() -> rig.bot.viewsUpdate(r -> r.viewId(id).hash(hash).viewAsString(view)));
  }

  @Test
  void aLostUpdateIsNoticedByItsHash() {
    ViewsOpenResponse open = open(trigger(), modal("", FIELDS));
    String id = open.getView().getId();
    String hash = open.getView().getHash();
    assertThat(update(id, hash, modal("", FIELDS)).isOk()).isTrue();
    assertThat(update(id, hash, modal("", FIELDS)).getError()).isEqualTo("hash_conflict");
    ana.modal().closes();
    assertThat(
            Rig.error(() -> rig.bot.viewsUpdate(r -> r.viewId(id).viewAsString(modal("", FIELDS)))))
        .isEqualTo("not_found");
    nothingWrong();
  }

  @Test
  void whatWasTypedStaysThroughAnUpdateWhereTheIdsStay() {
    OpenView modal = opened(modal("", FIELDS));
    modal.fills("Host", "shop");
    Rig.ask(() -> rig.bot.viewsUpdate(r -> r.viewId(modal.id()).viewAsString(modal("", FIELDS))));
    assertThat(modal.transcript()).contains("Host: [shop]");
    Rig.ask(
        () ->
            rig.bot.viewsUpdate(
                r ->
                    r.viewId(modal.id())
                        .viewAsString(modal("", FIELDS.replace("\"host\"", "\"host2\"")))));
    assertThat(modal.transcript()).contains("Host: []");
    nothingWrong();
  }

  @Test
  void aFieldThatDispatchesTellsAtOnceAndTakesWhatWasOffered() {
    bolt.app.blockSuggestion(
        "ns:v1",
        (request, context) ->
            context.ackWithJson(
                new com.google.gson.Gson()
                    .fromJson(
                        "{\"options\":[{\"value\":\"shop\",\"text\":"
                            + PLAIN.formatted("Shop")
                            + "}]}",
                        com.google.gson.JsonObject.class)));
    OpenView modal = opened(modal("", FIELDS));
    assertThat(modal.looksFor("Namespace", "")).containsExactly(new Choice("Shop", "shop"));
    int before = triggers.size();
    modal.fills("Namespace", "shop");
    assertThat(triggers).hasSize(before + 1);
    assertThat(modal.transcript()).contains("Namespace (optional): [Shop]");
    nothingWrong();
  }

  @Test
  void closingIsToldWhenAskedFor() {
    List<ViewClosedPayload> closed = new ArrayList<>();
    bolt.app.viewClosed(
        "ask",
        (request, context) -> {
          closed.add(request.getPayload());
          return context.ack();
        });
    assertThat(opened(modal("", FIELDS)).closes()).isEmpty();
    assertThat(opened(modal(",\"notify_on_close\":true", FIELDS)).closes()).isPresent();
    assertThat(closed).hasSize(1);
    assertThat(closed.getFirst().isCleared()).isFalse();
    nothingWrong();
  }

  @Test
  void homesArePublishedForOnePersonEach() {
    String home =
        "{\"type\":\"home\",\"blocks\":["
            + FIELDS.substring(FIELDS.indexOf("{\"type\":\"actions"))
            + "]}";
    var first =
        Rig.ask(() -> rig.bot.viewsPublish(r -> r.userId("U0ANA").viewAsString(home))).getView();
    assertThat(ana.home().transcript()).isEqualTo("=== Home ===\n[Go]\n");
    ana.home().clicks("Go");
    assertThat(triggers).hasSize(1);
    assertThat(
            Rig.error(
                () ->
                    rig.bot.viewsPublish(
                        r -> r.userId("U0ANA").hash(first.getHash()).viewAsString(home))))
        .isEmpty();
    assertThat(
            Rig.error(
                () ->
                    rig.bot.viewsPublish(
                        r -> r.userId("U0ANA").hash(first.getHash()).viewAsString(home))))
        .isEqualTo("hash_conflict");
    nothingWrong();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'modal','title':T24,'blocks':[]} | {'type':'modal','title':T25,'blocks':[]} | less"
            + " than 25",
        "{'type':'modal','title':T1,'submit':T24,'blocks':[]} |"
            + " {'type':'modal','title':T1,'submit':T25,'blocks':[]} | less than 25",
        "{'type':'modal','title':T1,'close':T24,'blocks':[]} |"
            + " {'type':'modal','title':T1,'close':T25,'blocks':[]} | less than 25",
        "{'type':'modal','title':T1,'private_metadata':'X3000','blocks':[]} |"
            + " {'type':'modal','title':T1,'private_metadata':'X3001','blocks':[]} | less than"
            + " 3001",
        "{'type':'modal','title':T1,'callback_id':'X255','blocks':[]} |"
            + " {'type':'modal','title':T1,'callback_id':'X256','blocks':[]} | less than 256",
        "{'type':'modal','title':T1,'blocks':[B100]} | {'type':'modal','title':T1,'blocks':[B101]}"
            + " | no more than 100 items",
        "{'type':'modal','title':T1,'submit':T1,'blocks':[I]} |"
            + " {'type':'modal','title':T1,'blocks':[I]} | there is an input",
        "{'type':'modal','title':T1,'blocks':[]} | {'type':'home','blocks':[]} | view of type"
            + " modal",
        "{'type':'modal','title':T1,'blocks':[]} |"
            + " {'type':'modal','title':T1,'colour':1,'blocks':[]} | additional property: colour",
        "{'type':'modal','title':T1,'blocks':[]} |"
            + " {'type':'modal','title':T1,'blocks':[{'type':'markdown','text':'x'}]} | unsupported"
            + " type: markdown"
      })
  void aLimitOfModalsHolds(String good, String bad, String reason) {
    assertThat(open(trigger(), filled(good)).getError()).isNull();
    nothingWrong();
    ViewsOpenResponse refused = open(trigger(), filled(bad));
    assertThat(refused.getError()).isEqualTo("invalid_arguments");
    assertThat(String.join(" ", refused.getResponseMetadata().getMessages())).contains(reason);
    assertThat(rig.workspace.expect("")).isEqualTo(1);
  }

  private static String filled(String view) {
    String divider = "{'type':'divider'}";
    return view.replace("T24", PLAIN.formatted("x".repeat(24)))
        .replace("T25", PLAIN.formatted("x".repeat(25)))
        .replace("T1", PLAIN.formatted("x"))
        .replace("X3000", "x".repeat(3_000))
        .replace("X3001", "x".repeat(3_001))
        .replace("X255", "x".repeat(255))
        .replace("X256", "x".repeat(256))
        .replace("B100", (divider + ",").repeat(99) + divider)
        .replace("B101", (divider + ",").repeat(100) + divider)
        .replace(
            "[I]",
            "[{'type':'input','label':"
                + PLAIN.formatted("x")
                + ",'element':{'type':'plain_text_input'}}]")
        .replace('\'', '"');
  }

  @Test
  void anExternalIdIsTakenOnce() {
    String named = modal(",\"external_id\":\"one\"", FIELDS);
    assertThat(open(trigger(), named).isOk()).isTrue();
    assertThat(Rig.error(() -> rig.bot.viewsUpdate(r -> r.externalId("one").viewAsString(named))))
        .isEmpty();
    ana.modal().clicks("Go");
    assertThat(
            Rig.error(
                () -> rig.bot.viewsPush(r -> r.triggerId(triggers.getLast()).viewAsString(named))))
        .isEqualTo("duplicate_external_id");
    rig.workspace.expect("duplicate_external_id");
  }
}

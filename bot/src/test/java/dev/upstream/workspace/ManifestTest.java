package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An app may do what it was registered for. */
class ManifestTest {
  private Rig rig;
  private BoltBot bolt;
  private Person ana;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
    bolt = new BoltBot(rig);
    ana = rig.workspace.person("ana");
    bolt.app.event(
        com.slack.api.model.event.MessageEvent.class, (payload, context) -> context.ack());
    rig.workspace.register(
        new Manifest(
            Set.of("channels:read", "chat:write"), Set.of("message"), Set.of("/one"), Set.of("a")));
  }

  @AfterEach
  void close() throws Exception {
    bolt.close();
    rig.close();
  }

  @Test
  void aMethodNeedsItsScope() {
    assertThat(Rig.error(() -> rig.bot.conversationsInfo(r -> r.channel(rig.incidents)))).isEmpty();
    assertThat(rig.says("hello")).isNotEmpty();
    assertThat(Rig.error(() -> rig.bot.authTest(r -> r))).isEmpty();
    assertThat(Rig.error(() -> rig.bot.usersInfo(r -> r.user("U0ANA")))).isEqualTo("missing_scope");
    assertThat(Rig.error(() -> rig.bot.conversationsHistory(r -> r.channel(rig.incidents))))
        .isEqualTo("missing_scope");
    rig.workspace.addPrivateChannel("secret", "ana");
    rig.workspace.inviteBot("secret");
    assertThat(Rig.error(() -> rig.bot.conversationsInfo(r -> r.channel("C0SECRET"))))
        .isEqualTo("missing_scope");
    assertThat(rig.workspace.expect("missing_scope needed: ")).isEqualTo(3);
  }

  @Test
  void onlyWhatIsSubscribedIsTold() {
    ana.says("incidents", "@upstream help");
    assertThat(rig.workspace.sent()).hasSize(1);
  }

  @Test
  void whatIsNotRegisteredCannotBeUsed() {
    String ts = ana.says("incidents", "it is down");
    assertThatThrownBy(() -> ana.types("incidents", "/two", ""))
        .hasMessageContaining("not a valid");
    assertThatThrownBy(() -> ana.uses("b", "incidents", ts)).hasMessageContaining("no shortcut");
    assertThatThrownBy(() -> ana.typesInThread("incidents", ts, "/one", "help"))
        .isInstanceOf(Impossible.class)
        .hasMessageContaining("not supported in threads");
    bolt.app.command("/one", (request, context) -> context.ack());
    bolt.app.messageShortcut("a", (request, context) -> context.ack());
    assertThat(ana.types("incidents", "/one", "").status()).isEqualTo(200);
    assertThat(ana.uses("a", "incidents", ts).status()).isEqualTo(200);
    assertThat(rig.workspace.sent()).hasSize(3);
  }

  @Test
  void theBotsOwnManifestIsRead() {
    Manifest own = OwnManifest.read();
    assertThat(own.scopes()).contains("chat:write", "users:read");
    assertThat(own.events()).containsExactly("app_mention");
    assertThat(own.commands()).containsExactly("/upstream");
    assertThat(own.shortcuts()).containsExactly("check_from_message");
  }
}

package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import com.slack.api.model.User;
import com.slack.api.model.Usergroup;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is there, and where: people, groups and channels through Slack's client. */
class DirectoryTest {
  private Rig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private User user(String id) {
    return Rig.ask(() -> rig.bot.usersInfo(r -> r.user(id))).getUser();
  }

  @Test
  void peopleAreToldWithWhatIsSpecialAboutThem() {
    assertThat(user("U0ANA").isRestricted()).isFalse();
    assertThat(user(rig.workspace.addPerson("gil", Trait.GUEST)).isRestricted()).isTrue();
    User single = user(rig.workspace.addPerson("sue", Trait.SINGLE_CHANNEL_GUEST));
    assertThat(single.isRestricted() && single.isUltraRestricted()).isTrue();
    assertThat(user("U0BOT").isBot()).isTrue();
    rig.workspace.addPerson("eve");
    rig.workspace.changePerson("eve", Trait.DEACTIVATED);
    assertThat(user("U0EVE").isDeleted()).isTrue();
    assertThat(Rig.error(() -> rig.bot.usersInfo(r -> r.user("U0NOBODY"))))
        .isEqualTo("user_not_found");
    assertThat(Rig.ask(() -> rig.bot.usersList(r -> r.limit(2))).getMembers())
        .extracting(User::getName)
        .containsExactly("upstream", "ana");
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void groupsHaveTheirActiveMembers() {
    rig.workspace.addPerson("eve");
    rig.workspace.setGroup("sre", "ana", "eve");
    rig.workspace.setGroup("old", "ana");
    rig.workspace.disableGroup("old");
    assertThat(Rig.ask(() -> rig.bot.usergroupsList(r -> r.includeUsers(true))).getUsergroups())
        .singleElement()
        .satisfies(g -> assertThat(g.getUsers()).containsExactly("U0ANA", "U0EVE"));
    assertThat(Rig.ask(() -> rig.bot.usergroupsList(r -> r.includeDisabled(true))).getUsergroups())
        .extracting(Usergroup::getHandle)
        .containsExactly("sre", "old");
    rig.workspace.changePerson("eve", Trait.DEACTIVATED);
    assertThat(Rig.ask(() -> rig.bot.usergroupsUsersList(r -> r.usergroup("S0SRE"))).getUsers())
        .containsExactly("U0ANA");
    rig.workspace.setGroup("sre", "eve");
    assertThat(Rig.ask(() -> rig.bot.usergroupsUsersList(r -> r.usergroup("S0SRE"))).getUsers())
        .isEmpty();
    assertThat(Rig.error(() -> rig.bot.usergroupsUsersList(r -> r.usergroup("S0NONE"))))
        .isEqualTo("no_such_subteam");
    assertThat(rig.workspace.violations()).isEmpty();
  }

  private Conversation channel(String id) {
    return Rig.ask(() -> rig.bot.conversationsInfo(r -> r.channel(id).includeNumMembers(true)))
        .getChannel();
  }

  @Test
  void channelsTellWhatTheyAre() {
    assertThat(channel(rig.incidents).isMember()).isTrue();
    assertThat(channel(rig.incidents).getNumOfMembers()).isEqualTo(2);
    String secret = rig.workspace.addPrivateChannel("secret", "ana");
    assertThat(Rig.error(() -> rig.bot.conversationsInfo(r -> r.channel(secret))))
        .isEqualTo("channel_not_found");
    rig.workspace.inviteBot("secret");
    assertThat(channel(secret).isPrivate()).isTrue();
    assertThat(Rig.ask(() -> rig.bot.conversationsMembers(r -> r.channel(secret))).getMembers())
        .containsExactly("U0ANA", "U0BOT");
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void publicChannelsAreJoinedAndListed() {
    String random = rig.workspace.addChannel("random", "ana");
    assertThat(Rig.error(() -> rig.bot.chatPostMessage(r -> r.channel(random).text("x"))))
        .isEqualTo("not_in_channel");
    assertThat(Rig.error(() -> rig.bot.conversationsJoin(r -> r.channel(random)))).isEmpty();
    assertThat(Rig.error(() -> rig.bot.chatPostMessage(r -> r.channel(random).text("x"))))
        .isEmpty();
    rig.workspace.archive("random");
    assertThat(Rig.error(() -> rig.bot.chatPostMessage(r -> r.channel(random).text("x"))))
        .isEqualTo("is_archived");
    rig.workspace.addPrivateChannel("secret", "ana");
    assertThat(
            Rig.ask(
                    () ->
                        rig.bot.conversationsList(
                            r ->
                                r.excludeArchived(true)
                                    .types(
                                        List.of(
                                            ConversationType.PUBLIC_CHANNEL,
                                            ConversationType.PRIVATE_CHANNEL))))
                .getChannels())
        .extracting(Conversation::getName)
        .containsExactly("incidents");
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void aPersonIsWrittenToAlone() {
    String direct =
        Rig.ask(() -> rig.bot.conversationsOpen(r -> r.users(List.of("U0ANA"))))
            .getChannel()
            .getId();
    assertThat(Rig.error(() -> rig.bot.chatPostMessage(r -> r.channel(direct).text("one"))))
        .isEmpty();
    assertThat(Rig.error(() -> rig.bot.chatPostMessage(r -> r.channel("U0ANA").text("two"))))
        .isEmpty();
    assertThat(rig.workspace.posts("@ana")).extracting(Post::text).containsExactly("one", "two");
    assertThat(Rig.error(() -> rig.bot.conversationsOpen(r -> r.users(List.of("U0NOBODY")))))
        .isEqualTo("user_not_found");
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void aChannelMayBeSharedWithAnotherWorkspace() {
    Workspace partner = rig.workspace.beside("partner", "xoxb-9876543210-partner-token");
    partner.addPerson("zoe");
    assertThat(Rig.error(() -> rig.bot.usersInfo(r -> r.user("U1ZOE"))))
        .isEqualTo("user_not_found");
    rig.workspace.share("incidents", partner, "zoe");
    assertThat(channel(rig.incidents).isExtShared()).isTrue();
    assertThat(user("U1ZOE").isStranger()).isFalse();
    assertThat(user("U1ZOE").getTeamId()).isEqualTo("T1TEAM");
    assertThat(Rig.ask(() -> rig.bot.usersList(r -> r)).getMembers())
        .extracting(User::getName)
        .doesNotContain("zoe");
    var other = rig.slack.methods("xoxb-9876543210-partner-token");
    assertThat(Rig.ask(() -> other.authTest(r -> r)).getTeamId()).isEqualTo("T1TEAM");
    assertThat(Rig.error(() -> other.chatPostMessage(r -> r.channel("C0INCIDENTS").text("x"))))
        .isEqualTo("not_in_channel");
    rig.workspace.addChannel("own");
    assertThat(Rig.error(() -> other.chatPostMessage(r -> r.channel("C0OWN").text("x"))))
        .isEqualTo("channel_not_found");
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void marksAreSetOnce() {
    String ts = rig.says("x");
    assertThat(
            Rig.error(
                () ->
                    rig.bot.reactionsAdd(r -> r.channel(rig.incidents).timestamp(ts).name("eyes"))))
        .isEmpty();
    assertThat(
            Rig.error(
                () ->
                    rig.bot.reactionsAdd(r -> r.channel(rig.incidents).timestamp(ts).name("eyes"))))
        .isEqualTo("already_reacted");
    assertThat(Rig.error(() -> rig.bot.pinsAdd(r -> r.channel(rig.incidents).timestamp(ts))))
        .isEmpty();
    assertThat(Rig.error(() -> rig.bot.pinsAdd(r -> r.channel(rig.incidents).timestamp(ts))))
        .isEqualTo("already_pinned");
    assertThat(
            Rig.error(() -> rig.bot.pinsAdd(r -> r.channel(rig.incidents).timestamp("1.000001"))))
        .isEqualTo("message_not_found");
    String link =
        Rig.ask(() -> rig.bot.chatGetPermalink(r -> r.channel(rig.incidents).messageTs(ts)))
            .getPermalink();
    assertThat(link)
        .isEqualTo("https://lab.slack.com/archives/C0INCIDENTS/p" + ts.replace(".", ""));
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void aTokenOpensWhatItIsFor() {
    var app = rig.slack.methods(Rig.APP.appToken());
    assertThat(Rig.error(() -> app.chatPostMessage(r -> r.channel(rig.incidents).text("x"))))
        .isEqualTo("not_allowed_token_type");
    assertThat(rig.workspace.expect("")).isEqualTo(1);
    rig.workspace.revokeToken();
    assertThat(Rig.error(() -> rig.bot.authTest(r -> r))).isEqualTo("token_revoked");
  }
}

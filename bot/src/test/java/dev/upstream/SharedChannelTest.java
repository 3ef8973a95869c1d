package dev.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.workspace.Post;
import dev.upstream.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What logs say is not for people of another workspace, who read a shared channel too. */
@WholeLog
class SharedChannelTest {
  private static final String END = "Was this answer useful?";
  private static final String LOGGED = "logged requests to";
  private static final String INSTEAD =
      "Log lines are not posted in a channel that is shared with other workspaces.";

  private Bot bot;

  @BeforeEach
  void open() throws IOException {
    bot = Bot.over(new Asked());
  }

  @AfterEach
  void nothingWrongWasSent() {
    bot.close();
    assertThat(bot.workspace.violations()).isEmpty();
  }

  /** What the file says that the button brings. */
  private String evidence() {
    bot.workspace
        .person(Bot.ANA)
        .clicks(Bot.INCIDENTS, bot.headlines().getFirst().ts(), "Show evidence");
    Bot.eventually().until(() -> bot.posts().stream().anyMatch(p -> !p.files().isEmpty()));
    return bot.posts().stream()
        .map(Post::files)
        .filter(f -> !f.isEmpty())
        .map(f -> new String(bot.workspace.content(f.getFirst()), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }

  private void answered() {
    bot.types("check shop.example.com");
    Bot.eventually().until(() -> bot.transcript().contains(END));
  }

  @Test
  void logLinesStayOutOfASharedChannel() {
    Workspace partner = bot.workspace.without("partner");
    bot.workspace.share(Bot.INCIDENTS, partner, "zoe");
    answered();
    assertThat(bot.transcript()).contains(INSTEAD).doesNotContain(LOGGED);
    assertThat(evidence()).contains(INSTEAD).doesNotContain(LOGGED);
  }

  @Test
  void inAChannelOfOneWorkspaceTheyAreShown() {
    answered();
    assertThat(bot.transcript()).contains(LOGGED).doesNotContain(INSTEAD);
    assertThat(evidence()).contains(LOGGED).doesNotContain(INSTEAD);
  }
}

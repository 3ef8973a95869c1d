package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.answer.Question;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type, as Slack delivers it. */
class CommandParserTest {
  private static Question question(String text) {
    assertThat(CommandParser.parse(text)).isInstanceOf(Command.Check.class);
    return ((Command.Check) CommandParser.parse(text)).question();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '^',
      value = {
        "check shop.example.com => shop.example.com",
        "check <http://shop.example.com|shop.example.com> => shop.example.com",
        "CHECK  <https://shop.example.com/a?b=1&amp;c=2> => https://shop.example.com/a?b=1&c=2",
        "check <http://shop.example.com/a|shop.example.com/a> => shop.example.com/a",
        "check <http://evil.example|shop.example.com> => http://evil.example",
        "check `shop/web` => shop/web",
        "check \u201Cshop/web\u201D => shop/web",
        "check <mailto:web@shop.example|web@shop.example> => web@shop.example",
        "check &lt;!channel&gt; => <!channel>",
        "check a &amp;amp; b => a &amp; b",
      })
  void theTargetIsWhatThePersonMeant(String delivered, String target) {
    assertThat(question(delivered)).isEqualTo(Question.about(target));
  }

  @Test
  void theOptionsStandInAnyOrderAtTheEnd() {
    Question expected =
        new Question("web", List.of("east", "west"), Optional.of("front/web"), Optional.of("shop"));
    assertThat(question("check web from front/web on east,west in shop")).isEqualTo(expected);
    assertThat(question("check web in shop ON east,west From front/web")).isEqualTo(expected);
    assertThat(question("check web on all").clusters()).containsExactly("all");
  }

  @Test
  void aPastedLineMayHoldTheWordsOfOptions() {
    String line = "upstream timed out while reading from upstream, host: \"shop.example.com\"";
    assertThat(question("check " + line)).isEqualTo(Question.about(line));
    assertThat(question("check " + line + " on east").target()).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chekc web | Did you mean /upstream check web?",
        "hlep | Did you mean /upstream help?",
        "shop.example.com | Did you mean /upstream check shop.example.com?",
        "restart web | \"restart\" is no command of mine. Say what is broken: /upstream check",
        "check | Say what is broken: /upstream check shop.example.com",
        "check from shop | Say what is broken",
        "check web from | \"from\" at the end needs a name after it.",
        "check web on east on west | \"on\" is given twice; give it once.",
        "check web from Not!a | \"from Not!a\": name a namespace or namespace/workload.",
        "check web in Shop_1 | \"in Shop_1\": that is no namespace's name.",
        "policy | Say whom and what: /upstream policy test @somebody read namespace",
        "policy tset <@U0ANA> read shop | Did you mean /upstream policy test?",
        "policy test <@U0ANA> write shop | Say whom and what",
        "policy test <@U0ANA> read | Say whom and what",
        "policy test <@U0ANA> read shop in east | Say whom and what",
        "policy test @ana read shop | \"@ana\" names nobody here: mention the person",
        "policy test <#C0X> read shop | \"#C0X\" names nobody here",
        "policy test <@U0ANA> read Shop | \"Shop\" is no namespace's name.",
        "policy test <@U0ANA> read shop on a;b | \"a;b\" is no cluster's name.",
        "polcy test <@U0ANA> read shop | Did you mean /upstream policy test @U0ANA read shop?",
        "check web on a;b | \"on a;b\": name a cluster, or all.",
      })
  void whatIsWrongIsSaidInASentence(String delivered, String sentence) {
    assertThat(CommandParser.parse(delivered))
        .isInstanceOfSatisfying(
            Command.Wrong.class, w -> assertThat(w.sentence()).startsWith(sentence));
  }

  @Test
  void aTestOfTheRulesTakesAPersonByMentionOrId() {
    Command expected = new Command.PolicyTest("U0ANA", "shop", List.of());
    assertThat(CommandParser.parse("policy test <@U0ANA|ana> read shop")).isEqualTo(expected);
    assertThat(CommandParser.parse("POLICY Test  <@U0ANA> READ shop ")).isEqualTo(expected);
    assertThat(CommandParser.parse("policy test U0ANA read shop")).isEqualTo(expected);
    assertThat(CommandParser.parse("policy test <@W0ANA|a.b c> read shop on East_1.eu"))
        .isInstanceOf(Command.Wrong.class);
    assertThat(CommandParser.parse("policy test <@W0ANA|a.b> read shop on East_1.eu"))
        .isEqualTo(new Command.PolicyTest("W0ANA", "shop", List.of("East_1.eu")));
  }

  @Test
  void helpIsHelp() {
    for (String text : List.of("help", "HELP", "?")) {
      assertThat(CommandParser.parse(text)).isEqualTo(new Command.Help());
    }
  }

  @Test
  void nothingTypedAsksForAForm() {
    for (String text : List.of("", "  ")) {
      assertThat(CommandParser.parse(text)).isEqualTo(new Command.Form());
    }
    assertThat(CommandParser.parse("status")).isEqualTo(new Command.Status());
  }

  @Test
  void aPolicyTestTakesAMentionAndNoName() {
    assertThat(CommandParser.parse("policy test <@U0BEN|ben> read shop on east"))
        .isEqualTo(new Command.PolicyTest("U0BEN", "shop", List.of("east")));
    assertThat(CommandParser.parse("policy test <@W0BEN> read shop"))
        .isEqualTo(new Command.PolicyTest("W0BEN", "shop", List.of()));
  }

  private static Command mentioned(String delivered) {
    return CommandParser.mentioned(delivered, Optional.of("U0BOT"));
  }

  @Test
  void behindAMentionStandsACommandOrWhatToCheck() {
    assertThat(mentioned("<@U0BOT> check shop/web on east"))
        .isEqualTo(CommandParser.parse("check shop/web on east"));
    assertThat(mentioned("<@U0BOT|upstream>  <http://shop.example.com|shop.example.com>"))
        .isEqualTo(new Command.Check(Question.about("shop.example.com")));
    assertThat(mentioned("<@U0BOT>")).isEqualTo(new Command.Form());
    assertThat(mentioned("<@U0BOT> help")).isEqualTo(new Command.Help());
    assertThat(CommandParser.mentioned("<@U0BOT> help", Optional.empty()))
        .isEqualTo(new Command.Help());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hey <@U0BOT> check shop/web",
        "<@U0ANA> <@U0BOT> check shop/web",
        "<@U0ANA>, <@U0BOT|upstream> shop/web",
        "check shop/web <@U0BOT>",
      })
  void othersMayBeSpokenToBeforeIt(String delivered) {
    assertThat(mentioned(delivered)).isEqualTo(new Command.Check(Question.about("shop/web")));
    assertThat(mentioned("hey <@U0BOT>")).isEqualTo(new Command.Form());
  }

  @Test
  void theHelpNamesEveryCommand() {
    String help = Seen.of(HelpBlocks.of());
    for (Commands command : Commands.values()) {
      assertThat(help).contains("`/upstream " + command.form() + "`").contains(command.meaning());
      command
          .examples()
          .forEach(
              e ->
                  assertThat(CommandParser.parse(e.replace("@ben", "<@U0BEN>")))
                      .isNotInstanceOf(Command.Wrong.class));
    }
  }
}

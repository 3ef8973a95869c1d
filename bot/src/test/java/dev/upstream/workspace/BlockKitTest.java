package dev.upstream.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every limit of Block Kit: at it a message is taken, one above it is refused with a reason. */
class BlockKitTest {
  private Rig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new Rig();
    rig.workspace.withoutRateLimits();
    rig.workspace.allowMarkup("<https://a\\.example/.*>");
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private static String plain(int length) {
    return "{'type':'plain_text','emoji':false,'text':'" + "x".repeat(length) + "'}";
  }

  private static String option(int text, int value, String tail) {
    return "{'text':" + plain(text) + ",'value':'" + "v".repeat(value) + tail + "'}";
  }

  private static String options(int count) {
    return "["
        + IntStream.range(0, count)
            .mapToObj(i -> option(1, 1, "" + i))
            .collect(Collectors.joining(","))
        + "]";
  }

  private static String actions(String... elements) {
    return "{'type':'actions','elements':[" + String.join(",", elements) + "]}";
  }

  private static String button(String rest) {
    return "{'type':'button','text':" + plain(1) + rest + "}";
  }

  private static String confirm(int title, int text, int button) {
    return ",'confirm':{'title':%s,'text':%s,'confirm':%s,'deny':%s}"
        .formatted(plain(title), plain(text), plain(button), plain(1));
  }

  private static String select(String type, String rest) {
    return "{'type':'" + type + "','action_id':'a'" + rest + "}";
  }

  private static String repeated(int count, String element) {
    return IntStream.range(0, count).mapToObj(i -> element).collect(Collectors.joining(","));
  }

  private static String input(String element, String rest) {
    return "{'type':'input','label':" + plain(1) + ",'element':" + element + rest + "}";
  }

  /** What Slack takes, what it refuses, and the reason that it gives. */
  record Rule(String good, String bad, String reason) {
    @Override
    public String toString() {
      return reason;
    }
  }

  private static Rule rule(String good, String bad, String reason) {
    return new Rule(good, bad, reason);
  }

  static List<Rule> rules() {
    String section = "{'type':'section','text':%s}";
    return List.of(
        rule(section.formatted(plain(3000)), section.formatted(plain(3001)), "less than 3001"),
        rule(
            "{'type':'section','fields':[" + repeated(5, plain(2000)) + "]}",
            "{'type':'section','fields':[" + plain(2001) + "]}",
            "less than 2001"),
        rule(
            "{'type':'section','fields':[" + repeated(10, plain(1)) + "]}",
            "{'type':'section','fields':[" + repeated(11, plain(1)) + "]}",
            "no more than 10 items"),
        rule(
            "{'type':'header','text':" + plain(150) + "}",
            "{'type':'header','text':" + plain(151) + "}",
            "less than 151"),
        rule(
            "{'type':'divider','block_id':'" + "b".repeat(255) + "'}",
            "{'type':'divider','block_id':'" + "b".repeat(256) + "'}",
            "block_id"),
        rule(
            "{'type':'divider','block_id':'a'},{'type':'divider','block_id':'b'}",
            "{'type':'divider','block_id':'a'},{'type':'divider','block_id':'a'}",
            "block_id is not unique"),
        rule(
            "{'type':'context','elements':[" + repeated(10, plain(1)) + "]}",
            "{'type':'context','elements':[" + repeated(11, plain(1)) + "]}",
            "no more than 10 items"),
        rule(
            actions(IntStream.range(0, 25).mapToObj(i -> button("")).toArray(String[]::new)),
            actions(IntStream.range(0, 26).mapToObj(i -> button("")).toArray(String[]::new)),
            "no more than 25 items"),
        rule(
            actions(button(",'action_id':'a'"), button(",'action_id':'b'")),
            actions(button(",'action_id':'a'"), button(",'action_id':'a'")),
            "action_id is not unique"),
        rule(
            actions("{'type':'button','text':" + plain(75) + "}"),
            actions("{'type':'button','text':" + plain(76) + "}"),
            "less than 76"),
        rule(
            actions(button(",'value':'" + "v".repeat(2000) + "'")),
            actions(button(",'value':'" + "v".repeat(2001) + "'")),
            "less than 2001"),
        rule(
            actions(button(",'action_id':'" + "v".repeat(255) + "'")),
            actions(button(",'action_id':'" + "v".repeat(256) + "'")),
            "less than 256"),
        rule(
            actions(button(",'url':'https://a.example/" + "v".repeat(2982) + "'")),
            actions(button(",'url':'https://a.example/" + "v".repeat(2983) + "'")),
            "less than 3001"),
        rule(
            actions(button(",'style':'danger'")),
            actions(button(",'style':'loud'")),
            "must be one of [danger, primary]"),
        rule(
            actions(button(confirm(100, 300, 30))),
            actions(button(confirm(101, 300, 30))),
            "less than 101"),
        rule(
            actions(button(confirm(1, 1, 1))),
            actions(button(confirm(1, 301, 1))),
            "less than 301"),
        rule(actions(button(confirm(1, 1, 1))), actions(button(confirm(1, 1, 31))), "less than 31"),
        rule(
            actions(select("static_select", ",'options':" + options(100))),
            actions(select("static_select", ",'options':" + options(101))),
            "no more than 100 items"),
        rule(
            actions(select("static_select", ",'options':[" + option(75, 150, "") + "]")),
            actions(select("static_select", ",'options':[" + option(76, 150, "") + "]")),
            "less than 76"),
        rule(
            actions(select("static_select", ",'options':[" + option(1, 150, "") + "]")),
            actions(select("static_select", ",'options':[" + option(1, 151, "") + "]")),
            "less than 151"),
        rule(
            actions(select("static_select", ",'options':" + options(2))),
            actions(
                select(
                    "static_select",
                    ",'options':[" + option(1, 1, "") + "," + option(2, 1, "") + "]")),
            "value is not unique"),
        rule(
            actions(
                select(
                    "static_select",
                    ",'options':" + options(2) + ",'initial_option':" + option(1, 1, "1"))),
            actions(
                select(
                    "static_select",
                    ",'options':" + options(2) + ",'initial_option':" + option(1, 1, "2"))),
            "is none of the options"),
        rule(
            actions(
                select(
                    "static_select",
                    ",'options':" + options(2) + ",'initial_option':" + option(1, 1, "1"))),
            actions(
                select(
                    "static_select",
                    ",'options':" + options(2) + ",'initial_option':" + option(2, 1, "1"))),
            "is none of the options"),
        rule(
            actions(select("external_select", ",'initial_option':" + option(75, 1, ""))),
            actions(select("external_select", ",'initial_option':" + option(76, 1, ""))),
            "less than 76"),
        rule(
            actions(
                select(
                    "static_select",
                    ",'option_groups':[{'label':" + plain(75) + ",'options':" + options(1) + "}]")),
            actions(
                select(
                    "static_select",
                    ",'option_groups':[{'label':" + plain(76) + ",'options':" + options(1) + "}]")),
            "less than 76"),
        rule(
            actions(select("static_select", ",'options':" + options(1))),
            actions(select("static_select", "")),
            "either options or option_groups"),
        rule(
            actions(select("external_select", ",'min_query_length':0")),
            actions(select("external_select", ",'options':[]")),
            "invalid additional property: options"),
        rule(
            actions(select("users_select", ",'placeholder':" + plain(150))),
            actions(select("users_select", ",'placeholder':" + plain(151))),
            "less than 151"),
        rule(
            actions(select("overflow", ",'options':" + options(5))),
            actions(select("overflow", ",'options':" + options(6))),
            "no more than 5 items"),
        rule(
            actions(select("checkboxes", ",'options':" + options(10))),
            actions(select("radio_buttons", ",'options':" + options(11))),
            "no more than 10 items"),
        rule(
            actions(select("datepicker", ",'initial_date':'2026-11-21'")),
            actions(select("datepicker", ",'initial_date':'21.11.2026'")),
            "wrong form"),
        rule(
            input("{'type':'plain_text_input','max_length':3000}", ""),
            input("{'type':'plain_text_input','max_length':3001}", ""),
            "min_length and max_length"),
        rule(
            input("{'type':'plain_text_input','max_length':2,'initial_value':'ab'}", ""),
            input("{'type':'plain_text_input','max_length':2,'initial_value':'abc'}", ""),
            "initial_value is shorter or longer"),
        rule(
            input("{'type':'number_input','is_decimal_allowed':false}", ""),
            input("{'type':'number_input'}", ""),
            "is_decimal_allowed"),
        rule(
            input("{'type':'plain_text_input'}", ",'hint':" + plain(2000)),
            input("{'type':'plain_text_input'}", ",'hint':" + plain(2001)),
            "less than 2001"),
        rule(input("{'type':'plain_text_input'}", ""), input(button(""), ""), "unsupported type"),
        rule(
            "{'type':'section','text':" + plain(1) + ",'accessory':" + button("") + "}",
            "{'type':'section','text':" + plain(1) + ",'accessory':{'type':'plain_text_input'}}",
            "unsupported type: plain_text_input"),
        rule(
            "{'type':'image','image_url':'https://a.example/x.png','alt_text':'x'}",
            "{'type':'image','image_url':'https://a.example/x.png'}",
            "alt_text"),
        rule(
            "{'type':'markdown','text':'" + "x".repeat(12000) + "'}",
            "{'type':'markdown','text':'"
                + "x".repeat(6000)
                + "'},{'type':'markdown','text':'"
                + "x".repeat(6001)
                + "'}",
            "12000 characters of markdown"),
        rule(
            "{'type':'rich_text','elements':[{'type':'rich_text_preformatted','elements':[{'type':'text','text':'<!channel>'}]}]}",
            "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'shout'}]}]}",
            "unsupported type: shout"),
        rule(table(100, 1), table(101, 1), "no more than 100 items"),
        rule(table(1, 20), table(1, 21), "no more than 20 items"),
        rule(table(1, 1), table(1, 1) + "," + table(1, 1), "only one table"),
        rule(
            "{'type':'data_table','caption':'c','rows':[[" + cell() + "],[" + cell() + "]]}",
            "{'type':'data_table','caption':'c','rows':[["
                + cell()
                + "],["
                + cell()
                + ","
                + cell()
                + "]]}",
            "same length"),
        rule("{'type':'divider'}", "{'type':'alert','text':" + plain(1) + "}", "modal alone"),
        rule(
            "{'type':'context_actions','elements':[{'type':'feedback_buttons','positive_button':{'text':"
                + plain(1)
                + ",'value':'+'},'negative_button':{'text':"
                + plain(1)
                + ",'value':'-'}}]}",
            "{'type':'context_actions','elements':[" + button("") + "]}",
            "unsupported type: button"),
        rule("{'type':'divider'}", "{'type':'video'}", "unsupported type: video"),
        rule("{'type':'divider'}", "{'type':'divider','text':'x'}", "additional property: text"));
  }

  private static String cell() {
    return "{'type':'raw_text','text':'x'}";
  }

  private static String table(int rows, int cells) {
    return "{'type':'table','rows':[" + repeated(rows, "[" + repeated(cells, cell()) + "]") + "]}";
  }

  private ChatPostMessageResponse post(String blocks) {
    return Rig.ask(
        () ->
            rig.bot.chatPostMessage(
                r ->
                    r.channel(rig.incidents)
                        .text("x")
                        .blocksAsString("[" + blocks.replace('\'', '"') + "]")));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aLimitHolds(Rule rule) {
    ChatPostMessageResponse taken = post(rule.good());
    assertThat(taken.getError()).as(String.valueOf(taken.getResponseMetadata())).isNull();
    if (rule.good().length() > 11_500) {
      rig.workspace.expect("more than 12000 characters");
    }
    assertThat(rig.workspace.violations()).isEmpty();
    ChatPostMessageResponse refused = post(rule.bad());
    assertThat(refused.getError()).isEqualTo("invalid_blocks");
    assertThat(refused.getResponseMetadata().getMessages())
        .anySatisfy(m -> assertThat(m).contains(rule.reason()).contains("[json-pointer:/blocks"));
    assertThat(rig.workspace.expect(rule.reason())).isEqualTo(1);
    assertThat(rig.posts()).hasSize(1);
  }

  @Test
  void aMessageHasFiftyBlocksOf13200SignsInAll() {
    String divider = "{'type':'divider'}";
    assertThat(post(repeated(50, divider)).isOk()).isTrue();
    assertThat(post(repeated(51, divider)).getError()).isEqualTo("invalid_blocks");
    String long4 = repeated(4, "{'type':'section','text':" + plain(2900) + "}");
    assertThat(post(long4).isOk()).isTrue();
    assertThat(post(long4 + ",{'type':'section','text':" + plain(1400) + "}").getError())
        .isEqualTo("msg_blocks_too_long");
    assertThat(rig.workspace.expect("")).isEqualTo(2);
  }

  @Test
  void anActionMayHaveTheSameIdInTwoBlocks() {
    String one = actions(button(",'action_id':'recheck','value':'%s'"));
    assertThat(post(one.formatted("east") + "," + one.formatted("west")).isOk()).isTrue();
    assertThat(rig.workspace.violations()).isEmpty();
  }

  @Test
  void whatRichTextNamesTakesEffect() {
    post(
        "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':["
            + "{'type':'broadcast','range':'here'},{'type':'user','user_id':'U0ANA'},"
            + "{'type':'link','url':'https://evil.example'},{'type':'text','text':'@here'}]}]}");
    assertThat(rig.workspace.expect("")).isEqualTo(3);
  }

  @Test
  void aLinkToAMessageThatIsThereDoesNoHarm() {
    String ts = rig.says("x");
    String link =
        Rig.ask(() -> rig.bot.chatGetPermalink(r -> r.channel(rig.incidents).messageTs(ts)))
            .getPermalink();
    rig.says("See <" + link + "|the check>.");
    assertThat(rig.workspace.violations()).isEmpty();
    rig.says("See <" + link.replace("p1", "p2") + "|the check>.");
    rig.workspace.expect("");
  }

  @Test
  void aTestMayAllowWhatTheBotMeans() {
    rig.workspace.allowMarkup("<@U0ANA>");
    rig.says("Asked by <@U0ANA>.");
    assertThat(rig.workspace.violations()).isEmpty();
    rig.says("Asked by <@U0BOT>.");
    rig.workspace.expect("");
  }
}

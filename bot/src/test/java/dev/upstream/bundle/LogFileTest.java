package dev.upstream.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.snapshot.LogRedaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogFileTest {
  private static final List<String> PIECES =
      List.of(
          "2026-11-21T10:15:01.000Z ",
          "stdout F ",
          "stderr P ",
          "[2026-11-21T10:15:01.000Z] ",
          "\"GET /a?b=c HTTP/1.1\" ",
          "503 UH no_healthy_upstream - \"-\" 0 19 0 - ",
          "\"198.51.100.7\" \"curl\" \"id\" \"shop\" \"-\" c - a b - d",
          "- - - ",
          "10.0.0.1 - u [",
          "] ",
          "Bearer abcdef",
          "basic ",
          "token=",
          "pwd: ",
          "secret=x,",
          "cookie",
          ":",
          "=",
          "https://",
          "u:p@h",
          "/x?",
          "eyJhbGciOiJI.abc",
          ", client: 1.2.3.4, ",
          "\"",
          "'",
          " ",
          "x".repeat(80),
          ", referrer: \"y\"",
          "...(cut)",
          "(redacted)");

  private static LogFile.Kept read(String text, int most) throws IOException {
    return LogFile.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), most, l -> {});
  }

  @Test
  void the_newest_lines_are_kept_and_it_is_said_that_others_were_not() throws IOException {
    assertThat(read("a\nb\r\nc", 3)).isEqualTo(new LogFile.Kept(List.of("a", "b", "c"), false));
    assertThat(read("a\nb\nc\n", 2)).isEqualTo(new LogFile.Kept(List.of("b", "c"), true));
    assertThat(read("", 2)).isEqualTo(new LogFile.Kept(List.of(), false));
  }

  @Test
  void a_line_without_end_is_cut() throws IOException {
    assertThat(read("x".repeat(3_000_000) + "\ny", 5).lines())
        .hasSize(2)
        .first()
        .asString()
        .hasSizeLessThan(5_000)
        .endsWith("(cut)");
  }

  @Test
  void parts_of_a_line_are_joined_before_anything_is_judged() throws IOException {
    assertThat(
            read(
                    """
                    2026-11-21T10:15:01.000Z stdout P token
                    2026-11-21T10:15:01.100Z stderr F other
                    2026-11-21T10:15:01.200Z stdout P =abc
                    2026-11-21T10:15:01.300Z stdout F def end
                    2026-11-21T10:15:01.400Z stdout P rest
                    """,
                    9)
                .lines())
        .containsExactly(
            "2026-11-21T10:15:01.100Z stderr F other",
            "2026-11-21T10:15:01.000Z stdout F token=(redacted) end",
            "2026-11-21T10:15:01.400Z stdout F rest");
  }

  @Test
  void the_access_line_behind_a_time_prefix_is_redacted_like_one_without() throws IOException {
    String line =
        "[2026-11-21T10:15:58.120Z] \"GET /cart?a=b HTTP/1.1\" 503 UH no_healthy_upstream - \"-\""
            + " 0 19 0 - \"198.51.100.7\" \"curl/8.5\" \"5f1\" \"shop.example.com\" \"-\""
            + " outbound|80|v1|web.shop.svc.cluster.local - 10.244.0.2:80 198.51.100.7:51234 - -";
    String bare = LogRedaction.redact(line);

    assertThat(bare).doesNotContain("198.51.100.7").doesNotContain("curl");
    assertThat(read("2026-11-21T10:15:58.123456789Z stdout F " + line, 9).lines())
        .containsExactly("2026-11-21T10:15:58.123456789Z stdout F " + bare);
    assertThat(read("2026-11-21T10:15:58.123456789Z " + line, 9).lines())
        .containsExactly("2026-11-21T10:15:58.123456789Z stdout F " + bare);
  }

  @Test
  void what_was_redacted_once_does_not_change_again() {
    Random random = new Random(20261121);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int n = random.nextInt(14); n >= 0; n--) {
        line.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      String once = LogFile.redacted(line.toString());
      assertThat(LogFile.redacted(once)).as(line.toString()).isEqualTo(once);
    }
  }
}

package dev.upstream.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upstream.conversation.Asker;
import dev.upstream.conversation.Person;
import dev.upstream.conversation.Place;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptPressTest {
  private static KeptPress press(Optional<String> thread, Optional<String> url) {
    return new KeptPress(
        Action.EVIDENCE,
        Handle.of("0123456789abcdef0123"),
        new Press(
            new Asker(new Person("T1", "U1", "ana"), new Place("T1", "C1", thread), url),
            "1700000000.000100",
            "1.2.3",
            "click/1.2.3"));
  }

  @Test
  void whatIsKeptIsWhatWasPressed() {
    KeptPress whole = press(Optional.of("1700000000.000001"), Optional.of("https://example.com/x"));
    KeptPress bare = press(Optional.empty(), Optional.empty());

    assertThat(KeptPress.parse(whole.json())).contains(whole);
    assertThat(KeptPress.parse(bare.json())).contains(bare);
  }

  @Test
  void whatAFormForAMuteAsksForIsKeptToo() {
    KeptPress bare = press(Optional.empty(), Optional.empty());
    KeptPress mute =
        new KeptPress(
            Action.MUTE,
            bare.handle(),
            bare.press(),
            Optional.of(
                new MuteModal.Outcome.Muted(
                    Instant.parse("2026-11-21T11:16:00Z"), "known: \"rolled back\"")));
    assertThat(KeptPress.parse(mute.json())).contains(mute);
  }

  /** A replica of the version before may have kept it. */
  @Test
  void whatAnOlderVersionKeptIsUnderstood() {
    KeptPress bare = press(Optional.empty(), Optional.empty());
    String old = bare.json().replaceAll(",\"until\":0,\"reason\":\"\"", "");
    assertThat(old).isNotEqualTo(bare.json());
    assertThat(KeptPress.parse(old)).contains(bare);
  }

  @Test
  void aButtonOfAnotherVersionIsNothing() {
    String json = press(Optional.empty(), Optional.empty()).json();
    assertThat(KeptPress.parse(json.replace("evidence:v1", "evidence:v9"))).isEmpty();
  }
}

package dev.upstream.slack;

import dev.upstream.conversation.Digest;
import dev.upstream.diagnosis.Finding;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a button carries: which check, and which finding of it. Nothing of it was written by a
 * cluster or a person; what it stands for is looked up, and so are the rights of who presses.
 *
 * @param run the check's id
 * @param finding a digest of the finding's key; empty for the whole answer
 */
public record Handle(String run, Optional<String> finding) {
  private static final String RUN = "[A-Za-z0-9_-]{1,64}";
  private static final String DIGEST = "[0-9a-f]{16}";
  private static final Pattern VALUE = Pattern.compile("(" + RUN + ")(?:\\.(" + DIGEST + "))?");
  private static final int DIGEST_BYTES = 8;

  public Handle {
    if (!run.matches(RUN) || !finding.map(f -> f.matches(DIGEST)).orElse(true)) {
      throw new IllegalArgumentException("no id of a check or of a finding");
    }
  }

  public static Handle of(String run) {
    return new Handle(run, Optional.empty());
  }

  public Handle finding(Finding of) {
    return new Handle(run, Optional.of(digest(of.key())));
  }

  /** As a button carries it. */
  public String value() {
    return run + finding.map(f -> "." + f).orElse("");
  }

  /** Empty for what no button of this bot carries. */
  public static Optional<Handle> parse(String value) {
    Matcher matcher = VALUE.matcher(value);
    return matcher.matches()
        ? Optional.of(new Handle(matcher.group(1), Optional.ofNullable(matcher.group(2))))
        : Optional.empty();
  }

  /** The finding that is meant, among those of the check. */
  public Optional<Finding> among(Collection<Finding> findings) {
    return finding.flatMap(
        d -> findings.stream().filter(f -> digest(f.key()).equals(d)).findFirst());
  }

  private static String digest(String key) {
    return Digest.of(key).substring(0, 2 * DIGEST_BYTES);
  }
}

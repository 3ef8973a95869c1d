package dev.upstream.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a request comes from Slack and is fresh: v0 signatures over the bytes that arrived.
 * Bolt's own check takes times in the future and parses before it verifies, so this one stands
 * before it.
 */
public final class RequestSignature {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final String ALGORITHM = "HmacSHA256";

  private static final int MOST = 20_000;

  private final Optional<SecretKeySpec> key;
  private final LinkedHashSet<String> seen = new LinkedHashSet<>();
  private final InstantSource clock;

  /**
   * @param signingSecret none where the bot listens on a socket: then every request is refused
   */
  public RequestSignature(Optional<String> signingSecret, InstantSource clock) {
    this.key =
        signingSecret.map(s -> new SecretKeySpec(s.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    this.clock = clock;
  }

  /** Why the request is refused; empty when it is Slack's. */
  public Optional<String> refusal(
      Optional<String> timestamp, Optional<String> signature, byte[] body) {
    if (key.isEmpty()) {
      return Optional.of("this bot listens on a socket");
    }
    if (timestamp.isEmpty() || signature.isEmpty()) {
      return Optional.of("no signature");
    }
    if (!timestamp.get().matches("\\d{1,11}")) {
      return Optional.of("no timestamp");
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp.get()));
    if (Duration.between(sent, clock.instant()).abs().compareTo(FRESH) > 0) {
      return Optional.of("old or future timestamp");
    }
    byte[] expected = sign(timestamp.get(), body).getBytes(StandardCharsets.US_ASCII);
    byte[] given = signature.get().getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, given)
        ? Optional.empty()
        : Optional.of("wrong signature");
  }

  /**
   * Whether a request with this signature came before: Slack doubles some, and somebody may have
   * overheard it. As far as this replica remembers.
   */
  public synchronized boolean again(String signature) {
    boolean first = seen.add(signature);
    if (seen.size() > MOST) {
      seen.removeFirst();
    }
    return !first;
  }

  private String sign(String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key.orElseThrow());
      mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.US_ASCII));
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}

package dev.upstream.workspace;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A request as Slack sends it: a form with a v0 signature. */
public record SignedRequest(Map<String, String> headers, byte[] body) {
  public SignedRequest {
    headers = Map.copyOf(headers);
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  public static SignedRequest of(byte[] body, String signingSecret, Instant at) {
    String timestamp = Long.toString(at.getEpochSecond());
    return new SignedRequest(
        Map.of(
            "Content-Type",
            "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp",
            timestamp,
            "X-Slack-Signature",
            signature(timestamp, body, signingSecret)),
        body);
  }

  public SignedRequest with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new SignedRequest(more, body);
  }

  private static String signature(String timestamp, byte[] body, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}

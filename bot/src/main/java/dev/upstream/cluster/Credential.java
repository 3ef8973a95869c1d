package dev.upstream.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What a credential that a cluster refused tells of its own end (RULES.md R19). */
record Credential(Config config) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A sentence; never a part of the credential. */
  String whyRefused(Instant now) {
    return token()
        .flatMap(Credential::expiry)
        .or(this::certificateEnd)
        .map(
            at ->
                at.isBefore(now)
                    ? "The credential expired at " + at + "."
                    : "The credential was refused, though it says that it lasts until " + at + ".")
        .orElse("The credential was refused: expired, revoked or wrong.");
  }

  private Optional<String> token() {
    return Optional.ofNullable(config.getAutoOAuthToken())
        .or(() -> Optional.ofNullable(config.getOauthToken()))
        .filter(t -> !t.isBlank());
  }

  /** The exp of a JWT. */
  static Optional<Instant> expiry(String token) {
    String[] parts = token.strip().split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
      Map<String, Object> tree = JSON.readValue(claims, new TypeReference<>() {});
      return tree != null && tree.get("exp") instanceof Number exp
          ? Optional.of(Instant.ofEpochSecond(exp.longValue()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<Instant> certificateEnd() {
    try {
      byte[] pem;
      if (config.getClientCertData() != null) {
        pem = Base64.getMimeDecoder().decode(config.getClientCertData());
      } else if (config.getClientCertFile() != null) {
        pem = Files.readAllBytes(Path.of(config.getClientCertFile()));
      } else {
        return Optional.empty();
      }
      return CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem))
              instanceof X509Certificate x
          ? Optional.of(x.getNotAfter().toInstant())
          : Optional.empty();
    } catch (IOException | CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

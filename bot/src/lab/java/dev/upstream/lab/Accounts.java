package dev.upstream.lab;

import dev.upstream.lab.control.Certificates;
import dev.upstream.lab.control.Kubeconfig;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Identities with fewer rights than the administrator's. */
final class Accounts {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final String NAMESPACE = "default";
  private final KubernetesClient client;
  private final Kubeconfig kubeconfig;
  private final Certificates certificates;
  private final Path work;

  Accounts(KubernetesClient client, Kubeconfig kubeconfig, Certificates certificates, Path work) {
    this.client = client;
    this.kubeconfig = kubeconfig;
    this.certificates = certificates;
    this.work = work;
  }

  Path kubeconfig(String name, List<PolicyRule> rules) {
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .build())
        .createOr(existing -> existing.update());
    client
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withRules(rules)
                .build())
        .createOr(existing -> existing.update());
    client
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", name)
                .addNewSubject("", "ServiceAccount", name, NAMESPACE)
                .build())
        .createOr(existing -> existing.update());
    String token =
        client
            .serviceAccounts()
            .inNamespace(NAMESPACE)
            .withName(name)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(7200L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    return kubeconfig.token(work.resolve("kubeconfig-" + name), token);
  }

  /**
   * The API server issues no token shorter than ten minutes, so this one is signed here with its
   * own key.
   */
  Path expired() {
    long past = Instant.now().minus(Duration.ofHours(1)).getEpochSecond();
    String uid =
        client
            .serviceAccounts()
            .inNamespace(NAMESPACE)
            .withName("default")
            .get()
            .getMetadata()
            .getUid();
    String issuer = "https://kubernetes.default.svc";
    String claims =
        """
        {"iss":"%1$s","aud":["%1$s"],"sub":"system:serviceaccount:default:default","iat":%2$d,"nbf":%2$d,"exp":%3$d,\
        "kubernetes.io":{"namespace":"default","serviceaccount":{"name":"default","uid":"%4$s"}}}\
        """
            .formatted(issuer, past - 3600, past, uid);
    String unsigned = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encoded(claims);
    return kubeconfig.token(
        work.resolve("kubeconfig-expired"), unsigned + "." + URL.encodeToString(sign(unsigned)));
  }

  private static String encoded(String text) {
    return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] sign(String text) {
    try {
      String pem =
          Files.readString(Path.of(certificates.path("account.key")))
              .replaceAll("-----[A-Z ]+-----|\\s", "");
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

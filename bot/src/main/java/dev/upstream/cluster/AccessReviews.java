package dev.upstream.cluster;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.ExecutionException;

/** Asks an API server what Upstream may do there. */
record AccessReviews(KubernetesClient client, Calls calls) {
  /**
   * @param resource with its subresource, such as {@code pods/log}
   * @param namespace empty for the whole cluster
   */
  boolean allowed(String verb, String group, String resource, String namespace)
      throws Calls.Late, ExecutionException {
    String[] parts = resource.split("/", 2);
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(namespace)
            .withVerb(verb)
            .withGroup(group)
            .withResource(parts[0])
            .withSubresource(parts.length == 2 ? parts[1] : "")
            .endResourceAttributes()
            .endSpec()
            .build();
    return Boolean.TRUE.equals(
        calls.within(
            () ->
                client
                    .authorization()
                    .v1()
                    .selfSubjectAccessReview()
                    .create(review)
                    .getStatus()
                    .getAllowed()));
  }
}

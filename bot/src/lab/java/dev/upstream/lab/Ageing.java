package dev.upstream.lab;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * Lets objects look as if they had been applied long ago, as a shop is that stands for a while: the
 * API server takes over the times of managedFields, but only together with another change.
 */
final class Ageing {
  private static final int CONFLICT = 409;
  private static final String MARK = "lab.upstream.dev/aged";

  private final KubernetesClient client;

  Ageing(KubernetesClient client) {
    this.client = client;
  }

  void of(List<HasMetadata> objects, Duration age) {
    String then = Instant.now().minus(age).truncatedTo(ChronoUnit.SECONDS).toString();
    objects.stream()
        .filter(o -> !o.getKind().equals("Namespace")) // stands on nobody's path
        .map(this::handle)
        .forEach(
            one -> {
              edit(one, Ageing::marked);
              edit(one, o -> aged(o, then));
            });
  }

  /** Controllers write their status meanwhile, so that an edit may come too late. */
  private static void edit(
      Resource<GenericKubernetesResource> one, UnaryOperator<GenericKubernetesResource> change) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsMatching(
            e -> e instanceof KubernetesClientException k && k.getCode() == CONFLICT)
        .until(
            () -> {
              one.edit(change);
              return true;
            });
  }

  private Resource<GenericKubernetesResource> handle(HasMetadata object) {
    return client
        .genericKubernetesResources(object.getApiVersion(), object.getKind())
        .inNamespace(object.getMetadata().getNamespace())
        .withName(object.getMetadata().getName());
  }

  private static GenericKubernetesResource marked(GenericKubernetesResource object) {
    Map<String, String> annotations =
        new TreeMap<>(Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of()));
    annotations.put(MARK, "soon");
    object.getMetadata().setAnnotations(annotations);
    return object;
  }

  private static GenericKubernetesResource aged(GenericKubernetesResource object, String then) {
    object.getMetadata().getAnnotations().remove(MARK);
    object.getMetadata().getManagedFields().forEach(f -> f.setTime(then));
    return object;
  }
}

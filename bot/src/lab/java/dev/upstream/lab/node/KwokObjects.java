package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells kwok where a pod's logs lie and where its ports lead; the objects go with the pod that owns
 * them.
 */
final class KwokObjects {
  /** Ports of the pod that lead to an address: the usual port and the real one. */
  record Forward(int port, String address, int realPort) {}

  private KwokObjects() {}

  static void logs(KubernetesClient client, Pod pod, Map<String, Path> files) {
    List<Map<String, Object>> logs =
        files.entrySet().stream()
            .map(
                one -> {
                  String file = one.getValue().toString();
                  return Map.<String, Object>of(
                      "containers",
                      List.of(one.getKey()),
                      "logsFile",
                      file,
                      "previousLogsFile",
                      file);
                })
            .toList();
    create(client, pod, "Logs", "logs", Map.of("logs", logs));
  }

  static void forwards(KubernetesClient client, Pod pod, List<Forward> forwards) {
    List<Map<String, Object>> list =
        forwards.stream()
            .map(
                one ->
                    Map.<String, Object>of(
                        "ports",
                        List.of(one.port()),
                        "target",
                        Map.of("address", one.address(), "port", one.realPort())))
            .toList();
    create(client, pod, "PortForward", "portforwards", Map.of("forwards", list));
  }

  private static void create(
      KubernetesClient client, Pod pod, String kind, String plural, Map<String, Object> spec) {
    GenericKubernetesResource object =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("kwok.x-k8s.io/v1alpha1")
            .withKind(kind)
            .withNewMetadata()
            .withName(pod.getMetadata().getName())
            .withNamespace(pod.getMetadata().getNamespace())
            .addNewOwnerReference()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .endOwnerReference()
            .endMetadata()
            .addToAdditionalProperties("spec", spec)
            .build();
    ResourceDefinitionContext context =
        new ResourceDefinitionContext.Builder()
            .withGroup("kwok.x-k8s.io")
            .withVersion("v1alpha1")
            .withKind(kind)
            .withPlural(plural.toLowerCase(Locale.ROOT))
            .withNamespaced(true)
            .build();
    client
        .genericKubernetesResources(context)
        .inNamespace(pod.getMetadata().getNamespace())
        .resource(object)
        .createOr(existing -> existing.update());
  }
}

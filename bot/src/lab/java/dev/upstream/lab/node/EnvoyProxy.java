package dev.upstream.lab.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.upstream.lab.control.Children;
import dev.upstream.lab.control.ClusterSpec;
import dev.upstream.lab.control.Parts;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real Envoy of one pod, in a network namespace of its own, led by istiod through a relay that
 * can be cut.
 */
public final class EnvoyProxy implements AutoCloseable {
  private static final String VERSION = "1.31.0";
  private final Process process;
  private final Relay relay;

  /** Starts an Envoy at that address; it speaks for the pod whose address is podAddress. */
  EnvoyProxy(
      ClusterSpec spec,
      Parts parts,
      Children children,
      Pod pod,
      String role,
      String podAddress,
      String address,
      CriLog log,
      Path folder) {
    try {
      InetSocketAddress istiod = new InetSocketAddress("127.0.0.1", spec.port(15010));
      relay = new Relay(spec.nodeAddress(0), 0, () -> Optional.of(istiod));
      Path bootstrap = folder.resolve("envoy-" + pod.getMetadata().getUid() + ".json");
      Files.writeString(bootstrap, bootstrap(spec, pod, role, podAddress));
      PodNetwork.Started started =
          PodNetwork.start(
              children,
              address,
              spec.nodeAddress(0),
              List.of(
                  parts.program("envoy"),
                  "--config-path",
                  bootstrap.toString(),
                  "--disable-hot-restart",
                  "--concurrency",
                  "1",
                  "--log-level",
                  "warning",
                  "--file-flush-interval-msec",
                  "50",
                  "--drain-time-s",
                  "1"));
      process = started.process();
      log.follow("stdout", started.output());
      log.follow("stderr", process.errorReader());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String bootstrap(ClusterSpec spec, Pod pod, String role, String podAddress)
      throws IOException {
    String name = pod.getMetadata().getName();
    String namespace = pod.getMetadata().getNamespace();
    Map<String, String> labels =
        Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    String workload = labels.getOrDefault("app", name);
    String template;
    try (InputStream in = EnvoyProxy.class.getResourceAsStream("/envoy.yaml")) {
      template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String filled =
        template
            .replace(
                "${id}",
                String.join(
                    "~",
                    role,
                    podAddress,
                    name + "." + namespace,
                    namespace + ".svc.cluster.local"))
            .replace("${cluster}", workload + "." + namespace)
            .replace("${xdsAddress}", spec.nodeAddress(0))
            .replace("${xdsPort}", Integer.toString(relay.port()));
    ObjectNode tree = (ObjectNode) new YAMLMapper().readTree(filled);
    ObjectNode metadata = tree.withObject("/node").putObject("metadata");
    metadata
        .put("NAME", name)
        .put("NAMESPACE", namespace)
        .put("CLUSTER_ID", spec.name())
        .put("INSTANCE_IPS", podAddress)
        .put("ISTIO_VERSION", VERSION)
        .put("MESH_ID", "cluster.local")
        .put("WORKLOAD_NAME", workload)
        .put(
            "SERVICE_ACCOUNT",
            Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default"))
        .put("NODE_NAME", pod.getSpec().getNodeName())
        .put("INTERCEPTION_MODE", "NONE");
    metadata.set("LABELS", new ObjectMapper().valueToTree(labels));
    return tree.toPrettyString();
  }

  /** Cuts the connection to istiod: the proxy keeps what it has and hears nothing new. */
  public void cut() {
    relay.cut();
  }

  public void mend() {
    relay.mend();
  }

  /** The application that this Envoy stands beside. */
  public PodClient client() {
    return new PodClient(process.pid());
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    relay.close();
  }
}

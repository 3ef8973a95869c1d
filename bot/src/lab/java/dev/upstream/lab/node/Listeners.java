package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The open ports of one container. */
final class Listeners implements AutoCloseable {
  private final List<Backend> open = new ArrayList<>();

  /**
   * The ports that the container should have open: the declared ones, unless an annotation names
   * others.
   */
  static Set<Integer> ports(Container container, Behaviour behaviour) {
    return new LinkedHashSet<>(
        behaviour
            .listen()
            .orElseGet(
                () ->
                    container.getPorts().stream()
                        .filter(port -> !"UDP".equals(port.getProtocol()))
                        .map(ContainerPort::getContainerPort)
                        .toList()));
  }

  void open(
      Pod pod,
      String address,
      Set<Integer> ports,
      Supplier<Behaviour> behaviour,
      Consumer<String> log) {
    Map<String, String> labels =
        Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    String identity =
        "pod=%s version=%s"
            .formatted(pod.getMetadata().getName(), labels.getOrDefault("version", "-"));
    for (int port : ports) {
      try {
        open.add(new Backend(address, port, identity, behaviour, log));
        log.accept("listening on " + address + ":" + port);
      } catch (IOException e) {
        log.accept("cannot listen on " + address + ":" + port + ": " + e.getMessage());
      }
    }
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  @Override
  public void close() {
    open.forEach(Backend::close);
    open.clear();
  }
}

package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One pod of ingress-nginx: a real nginx in the pod's own network, led by the Ingresses of its
 * class.
 */
final class IngressNginx implements AutoCloseable {
  private static final DateTimeFormatter KLOG =
      DateTimeFormatter.ofPattern("MMdd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
  private final Machine machine;
  private final Pod pod;
  private final CriLog log;
  private final Path folder;
  private final Semaphore changed = new Semaphore(1);
  private final SharedIndexInformer<Ingress> ingresses;
  private final SharedIndexInformer<IngressClass> classes;
  private final SharedIndexInformer<Service> services;
  private final SharedIndexInformer<EndpointSlice> slices;
  private final SharedIndexInformer<ConfigMap> settings;
  private final Process process;
  private final Thread thread;
  private String loaded = "";

  IngressNginx(Machine machine, Pod pod, String address, CriLog log) {
    this.machine = machine;
    this.pod = pod;
    this.log = log;
    var client = machine.client();
    ingresses = watch(client.network().v1().ingresses().inAnyNamespace());
    classes = watch(client.network().v1().ingressClasses());
    services = watch(client.services().inAnyNamespace());
    slices = watch(client.discovery().v1().endpointSlices().inAnyNamespace());
    settings =
        watch(
            client
                .configMaps()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName("ingress-nginx-controller"));
    try {
      folder =
          Files.createDirectories(machine.folder().resolve("nginx-" + pod.getMetadata().getUid()));
      write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // its own process namespace: when nginx's master dies in whatever way, the kernel takes its
    // workers along
    PodNetwork.Started started =
        PodNetwork.start(
            machine.children(),
            address,
            machine.spec().nodeAddress(0),
            List.of(
                "unshare",
                "--pid",
                "--fork",
                "--kill-child=KILL",
                "--",
                "env",
                "TZ=UTC",
                machine.parts().program("nginx"),
                "-p",
                folder.toString(),
                "-c",
                folder.resolve("nginx.conf").toString()));
    process = started.process();
    log.follow("stdout", started.output());
    log.follow("stderr", process.errorReader());
    thread = Thread.ofVirtual().name("ingress " + pod.getMetadata().getName()).start(this::work);
  }

  /** Whether a pod is one of ingress-nginx's controllers. */
  static boolean carries(Pod pod) {
    return "ingress-nginx".equals(pod.getMetadata().getNamespace())
        && "ingress-nginx".equals(pod.getMetadata().getLabels().get("app.kubernetes.io/name"));
  }

  private <T extends HasMetadata> SharedIndexInformer<T> watch(Informable<T> what) {
    return what.inform(new Handler<>());
  }

  private void work() {
    try {
      while (true) {
        changed.acquire();
        TimeUnit.MILLISECONDS.sleep(100); // changes come in bursts
        changed.drainPermits();
        if (write()) {
          reload();
        }
        publish();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the configuration and what the controller has to say of it; false when it is the old
   * one.
   */
  private boolean write() throws IOException {
    NginxConf conf = new NginxConf(objects(), folder.toString());
    if (conf.text().equals(loaded)) {
      return false;
    }
    loaded = conf.text();
    Files.writeString(folder.resolve("nginx.conf"), loaded);
    for (String warning : conf.warnings()) {
      log.stderr(
          "W%s       7 controller.go:1214] %s"
              .formatted(KLOG.format(Instant.now()), warning)); // IMITATED
    }
    return true;
  }

  private NginxConf.Objects objects() {
    List<Ingress> own =
        ingresses.getStore().list().stream()
            .filter(this::mine)
            .sorted(
                Comparator.comparing((Ingress one) -> one.getMetadata().getCreationTimestamp())
                    .thenComparing(
                        one ->
                            one.getMetadata().getNamespace() + "/" + one.getMetadata().getName()))
            .toList();
    Map<String, String> data =
        settings.getStore().list().stream().findFirst().map(ConfigMap::getData).orElse(Map.of());
    return new NginxConf.Objects(
        own,
        services.getStore().list(),
        slices.getStore().list(),
        Optional.ofNullable(data).orElse(Map.of()));
  }

  private boolean mine(Ingress ingress) {
    Optional<String> named = Optional.ofNullable(ingress.getSpec().getIngressClassName());
    Map<String, String> annotations =
        Optional.ofNullable(ingress.getMetadata().getAnnotations()).orElse(Map.of());
    return named
        .map(
            name ->
                classes.getStore().list().stream()
                    .anyMatch(
                        one ->
                            one.getMetadata().getName().equals(name)
                                && argument("--controller-class", "k8s.io/ingress-nginx")
                                    .equals(one.getSpec().getController())))
        .orElse(
            argument("--ingress-class", "nginx")
                .equals(annotations.get("kubernetes.io/ingress.class")));
  }

  private String argument(String name, String usual) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getArgs().stream())
        .filter(text -> text.startsWith(name + "="))
        .map(text -> text.substring(name.length() + 1))
        .findFirst()
        .orElse(usual);
  }

  /** nginx is the only child of the process that we know. */
  private void reload() {
    process
        .children()
        .findFirst()
        .ifPresent(
            nginx -> machine.children().piped(List.of("kill", "-HUP", Long.toString(nginx.pid()))));
  }

  /** Writes the edge's own address into the status of its Ingresses. */
  private void publish() {
    Optional<String> address =
        services.getStore().list().stream()
            .filter(
                one -> one.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace()))
            .filter(one -> one.getStatus() != null && one.getStatus().getLoadBalancer() != null)
            .flatMap(one -> one.getStatus().getLoadBalancer().getIngress().stream())
            .map(ingress -> ingress.getIp())
            .findFirst();
    for (Ingress ingress : address.isEmpty() ? List.<Ingress>of() : ingresses.getStore().list()) {
      boolean said =
          ingress.getStatus() != null
              && !ingress.getStatus().getLoadBalancer().getIngress().isEmpty();
      if (!said && mine(ingress)) {
        tell(ingress, address.get());
      }
    }
  }

  private void tell(Ingress ingress, String address) {
    try {
      machine
          .client()
          .network()
          .v1()
          .ingresses()
          .resource(ingress)
          .editStatus(
              now ->
                  new IngressBuilder(now)
                      .editOrNewStatus()
                      .withNewLoadBalancer()
                      .addNewIngress()
                      .withIp(address)
                      .endIngress()
                      .endLoadBalancer()
                      .endStatus()
                      .build());
    } catch (KubernetesClientException e) {
      changed.release(); // gone, or changed by someone else: the next round tells
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    List.of(ingresses, classes, services, slices, settings).forEach(SharedIndexInformer::close);
    process.destroyForcibly().onExit().join();
  }

  private final class Handler<T> implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      changed.release();
    }

    @Override
    public void onUpdate(T before, T object) {
      changed.release();
    }

    @Override
    public void onDelete(T object, boolean unknown) {
      changed.release();
    }
  }
}

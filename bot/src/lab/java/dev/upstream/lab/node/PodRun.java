package dev.upstream.lab.node;

import dev.upstream.lab.node.PodStatusPatch.Phase;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One pod's life on its machine. Everything happens on the pod's own thread, in the order of its mailbox. */
final class PodRun {
  private final Machine machine;
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final List<ContainerRun> runs = new ArrayList<>();
  private final Map<ContainerRun, Listeners> listeners = new HashMap<>();
  private final Map<ContainerRun, Probes> probes = new HashMap<>();
  private final Map<String, CriLog> logs = new LinkedHashMap<>();
  private final PodStatusPatch patch = new PodStatusPatch();
  private final Thread thread;
  private final String address;
  private volatile Pod pod;
  private volatile Behaviour behaviour;
  private volatile Optional<EnvoyProxy> proxy = Optional.empty();
  private volatile Optional<IngressNginx> nginx = Optional.empty();
  private Phase phase = Phase.of("Pending");
  private String published = "";
  private boolean swallowed;
  private boolean over;

  PodRun(Machine machine, Pod pod) {
    this.machine = machine;
    this.pod = pod;
    behaviour = Behaviour.of(annotations());
    boolean host = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    address = host ? machine.spec().nodeAddress(0) : machine.nextAddress();
    mailbox.add(this::begin);
    thread = Thread.ofVirtual().name("pod " + pod.getMetadata().getName()).start(this::work);
  }

  String address() {
    return address;
  }

  Optional<EnvoyProxy> proxy() {
    return proxy;
  }

  /** The pod as the API server now has it. */
  void observe(Pod now) {
    mailbox.add(
        () -> {
          pod = now;
          if (now.getMetadata().getDeletionTimestamp() != null) {
            end();
            return;
          }
          Behaviour next = Behaviour.of(annotations());
          if (!next.equals(behaviour)) {
            behaviour = next;
            reopen();
          }
          publish();
        });
  }

  /** The object is gone: nothing is left to be told to the API server. */
  void gone() {
    mailbox.add(this::stop);
  }

  void close() {
    thread.interrupt();
    proxy.ifPresent(EnvoyProxy::close);
    nginx.ifPresent(IngressNginx::close);
  }

  private void work() {
    try {
      while (!over) {
        mailbox.take().run();
      }
    } catch (InterruptedException e) {
      listeners.values().forEach(Listeners::close);
    }
  }

  private Map<String, String> annotations() {
    return Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
  }

  private Map<String, String> labels() {
    return Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
  }

  private void begin() {
    Stream<Container> restartable =
        pod.getSpec().getInitContainers().stream().filter(one -> "Always".equals(one.getRestartPolicy()));
    Stream.concat(restartable, pod.getSpec().getContainers().stream())
        .map(container -> new ContainerRun(container, pod.getMetadata().getUid()))
        .forEach(runs::add);
    Optional<PlayedState> played = PlayedState.of(annotations());
    if (played.isPresent()) {
      phase = played.get().play(pod, runs, machine.events());
    } else if (labels().getOrDefault("app", "").equals("istiod")) {
      runs.forEach(ContainerRun::run);
      phase = Phase.of("Running");
      log("discovery")
          .follow(
              "stderr",
              machine
                  .children()
                  .piped(List.of("tail", "-n", "+1", "-F", machine.istiodLog().toString()))
                  .inputReader());
      serveLogs();
      KwokObjects.forwards(
          machine.client(),
          pod,
          Stream.of(15014, 8080, 15010, 15012)
              .map(port -> new KwokObjects.Forward(port, "127.0.0.1", machine.spec().port(port)))
              .toList());
    } else {
      startProxy();
      if (IngressNginx.carries(pod)) {
        nginx = Optional.of(new IngressNginx(machine, pod, address, log("controller")));
      }
      phase = Phase.of("Running");
      for (ContainerRun run : runs) {
        if (!Listeners.ports(run.container(), behaviour).isEmpty() && !proxied(run)) {
          log(run.name());
        }
      }
      serveLogs();
      runs.forEach(this::run);
    }
    publish();
  }

  private Optional<String> role() {
    boolean gateway = Set.of("ingressgateway", "egressgateway").contains(labels().getOrDefault("istio", ""));
    return Behaviour.get(annotations(), "proxy").or(() -> gateway ? Optional.of("router") : Optional.empty());
  }

  /** A gateway's containers are Envoy; beside an application only the sidecar is. */
  private boolean proxied(ContainerRun run) {
    return nginx.isPresent() || role().map(role -> role.equals("router") || run.name().equals("istio-proxy")).orElse(false);
  }

  private void startProxy() {
    if (role().isEmpty()) {
      return;
    }
    String own = role().get().equals("router") ? address : machine.nextAddress();
    proxy =
        Optional.of(
            new EnvoyProxy(
                machine.spec(),
                machine.parts(),
                machine.children(),
                pod,
                role().get(),
                address,
                own,
                log("istio-proxy"),
                machine.folder()));
    KwokObjects.forwards(
        machine.client(),
        pod,
        Stream.of(15000, 15021).map(port -> new KwokObjects.Forward(port, own, port)).toList());
  }

  private CriLog log(String container) {
    Path folder = machine.folder().resolve("pods").resolve(pod.getMetadata().getUid());
    return logs.computeIfAbsent(container, name -> new CriLog(folder.resolve(name + ".log")));
  }

  private void serveLogs() {
    if (!logs.isEmpty()) {
      Map<String, Path> files = new LinkedHashMap<>();
      logs.forEach((container, log) -> files.put(container, log.file()));
      KwokObjects.logs(machine.client(), pod, files, Map.of());
    }
  }

  private void run(ContainerRun run) {
    run.run();
    open(run);
    Probes beats = new Probes();
    probes.put(run, beats);
    beats.start(machine, run.container(), address, mailbox::add, new PodProbeListener(run));
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void open(ContainerRun run) {
    if (proxied(run)) {
      return;
    }
    Listeners ports = listeners.computeIfAbsent(run, one -> new Listeners());
    Behaviour now = behaviour;
    Runnable opening =
        () -> {
          if (run.running() && ports.isEmpty() && now.equals(behaviour)) {
            ports.open(
                pod,
                address,
                Listeners.ports(run.container(), now),
                () -> behaviour,
                line -> Optional.ofNullable(logs.get(run.name())).ifPresent(log -> log.stdout(line)));
          }
        };
    if (now.acceptAfter().isZero()) {
      opening.run();
    } else {
      machine.clock().schedule(() -> mailbox.add(opening), now.acceptAfter().toMillis(), TimeUnit.MILLISECONDS);
    }
    swallow(now.blackhole());
  }

  private void swallow(boolean want) {
    if (want != swallowed) {
      swallowed = want;
      if (want) {
        Blackhole.swallow(address, machine.spec().nodeAddress(0));
      } else {
        Blackhole.release(address);
      }
    }
  }

  private void reopen() {
    for (ContainerRun run : runs) {
      if (run.running() && !proxied(run)) {
        listeners.getOrDefault(run, new Listeners()).close();
        open(run);
      }
    }
  }

  private void publish() {
    String next = patch.of(pod, phase, address, machine.spec().nodeAddress(0), runs);
    if (next.equals(published) || over) {
      return;
    }
    try {
      machine
          .client()
          .pods()
          .resource(pod)
          .subresource("status")
          .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), next);
      published = next;
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) { // gone in the meantime is no failure
        retry();
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void retry() {
    machine.clock().schedule(() -> mailbox.add(this::publish), 1, TimeUnit.SECONDS);
  }

  private void end() {
    stop();
    try {
      machine.client().pods().resource(pod).withGracePeriod(0).delete();
    } catch (KubernetesClientException e) {
      over = e.getCode() == 404;
      retryEnd();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void retryEnd() {
    if (!over) {
      machine.clock().schedule(() -> mailbox.add(this::end), 1, TimeUnit.SECONDS);
    }
  }

  private void stop() {
    probes.values().forEach(Probes::close);
    listeners.values().forEach(Listeners::close);
    proxy.ifPresent(EnvoyProxy::close);
    proxy = Optional.empty();
    nginx.ifPresent(IngressNginx::close);
    nginx = Optional.empty();
    swallow(false);
  }

  /** Ends a container that its probe has condemned, and starts it again after the kubelet's back-off. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void restart(ContainerRun run, Probes.Kind kind) {
    machine
        .events()
        .normal(
            pod,
            Optional.of(run.name()),
            "Killing",
            "Container %s failed %s probe, will be restarted".formatted(run.name(), kind.words().toLowerCase(java.util.Locale.ROOT)));
    Optional.ofNullable(probes.remove(run)).ifPresent(Probes::close);
    Optional.ofNullable(listeners.get(run)).ifPresent(Listeners::close);
    run.restartAfter("Error", 137, run.restarts() + 1);
    if (run.restarts() == 1) {
      run(run);
      return;
    }
    long seconds = Math.min(300, 10L << Math.min(run.restarts() - 2, 5));
    PlayedState.backOff(pod, run, machine.events(), java.time.Duration.ofSeconds(seconds).toString().substring(2).toLowerCase(java.util.Locale.ROOT));
    machine
        .clock()
        .schedule(
            () ->
                mailbox.add(
                    () -> {
                      run(run);
                      publish();
                    }),
            seconds,
            TimeUnit.SECONDS);
  }

  /** Turns outcomes of probes into readiness, restarts and events. */
  private final class PodProbeListener implements Probes.Listener {
    private final ContainerRun run;

    PodProbeListener(ContainerRun run) {
      this.run = run;
    }

    @Override
    public boolean active(Probes.Kind kind) {
      return !over && run.running() && run.started() != (kind == Probes.Kind.STARTUP);
    }

    @Override
    public void failed(Probes.Kind kind, String message) {
      machine.events().warning(pod, Optional.of(run.name()), "Unhealthy", message);
    }

    @Override
    public void crossed(Probes.Kind kind, boolean success) {
      switch (kind) {
        case READINESS -> run.ready(success);
        case STARTUP -> {
          if (success) {
            run.startupSucceeded();
          } else {
            restart(run, kind);
          }
        }
        case LIVENESS -> {
          if (!success) {
            restart(run, kind);
          }
        }
      }
      publish();
    }
  }
}

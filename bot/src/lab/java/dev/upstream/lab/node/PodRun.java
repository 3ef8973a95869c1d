package dev.upstream.lab.node;

import dev.upstream.lab.node.PodStatusPatch.Phase;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pod's life on its machine. Everything happens on the pod's own thread, in the order of its
 * mailbox.
 */
final class PodRun implements PodScope {
  private static final Logger LOG = LoggerFactory.getLogger(PodRun.class);
  private final Machine machine;
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final List<ContainerRun> runs = new ArrayList<>();
  private final List<ContainerLife> lives = new ArrayList<>();
  private final PodLogs logs;
  private final PodStatusPatch patch = new PodStatusPatch();
  private final Thread thread;
  private final String address;
  private volatile Pod pod;
  private volatile Behaviour behaviour;
  private volatile Optional<EnvoyProxy> proxy = Optional.empty();
  private volatile Optional<IngressNginx> nginx = Optional.empty();
  private volatile Optional<NodeFactsReader> reader = Optional.empty();
  private Phase phase = Phase.of("Pending");
  private String published = "";
  private boolean swallowed;
  private boolean ended;
  private boolean gone;

  PodRun(Machine machine, Pod pod) {
    this.machine = machine;
    this.pod = pod;
    logs = new PodLogs(machine, pod);
    behaviour = Behaviour.of(annotations());
    boolean host = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    address = host ? machine.spec().nodeAddress(0) : machine.nextAddress();
    mailbox.add(this::begin);
    thread = Thread.ofVirtual().name("pod " + pod.getMetadata().getName()).start(this::work);
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public Pod pod() {
    return pod;
  }

  @Override
  public Behaviour behaviour() {
    return behaviour;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public void post(Runnable task) {
    mailbox.add(task);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void postAfter(Duration delay, Runnable task) {
    Runnable unlessEnded =
        () -> {
          if (!gone) {
            task.run();
          }
        };
    machine
        .clock()
        .schedule(() -> mailbox.add(unlessEnded), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void log(String container, String line) {
    logs.line(container, line);
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
            if (!ended) {
              end();
            }
            return;
          }
          Behaviour next = Behaviour.of(annotations());
          boolean otherPorts = !next.sameListeners(behaviour);
          behaviour = next;
          if (otherPorts) {
            swallow(false); // nobody can bind an address that a blackhole swallows
            lives.forEach(ContainerLife::reopen);
            swallow(next.blackhole());
          }
          publish();
        });
  }

  /** The object is gone: nothing is left to be told to the API server. */
  void gone() {
    mailbox.add(
        () -> {
          stop();
          gone = true;
        });
  }

  void close() {
    thread.interrupt();
    proxy.ifPresent(EnvoyProxy::close);
    nginx.ifPresent(IngressNginx::close);
    reader.ifPresent(NodeFactsReader::close);
  }

  private void work() {
    try {
      while (!gone) {
        Runnable next = mailbox.take();
        try {
          next.run();
        } catch (RuntimeException e) {
          LOG.error("pod {}/{}", pod.getMetadata().getNamespace(), pod.getMetadata().getName(), e);
        }
      }
    } catch (InterruptedException e) {
      lives.forEach(ContainerLife::stop);
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
        pod.getSpec().getInitContainers().stream()
            .filter(one -> "Always".equals(one.getRestartPolicy()));
    Stream.concat(restartable, pod.getSpec().getContainers().stream())
        .map(container -> new ContainerRun(container, pod.getMetadata().getUid()))
        .forEach(runs::add);
    Optional<PlayedState> played = PlayedState.of(pod, machine);
    if (played.isPresent()) {
      phase = played.get().play(pod, runs, machine.events());
      Behaviour.get(annotations(), "log")
          .ifPresent(
              text -> runs.forEach(run -> text.lines().forEach(logs.of(run.name())::stdout)));
      logs.serve(pod);
    } else if (labels().getOrDefault("app", "").equals("istiod")) {
      runs.forEach(ContainerRun::run);
      phase = Phase.of("Running");
      logs.follow("discovery", machine.istiodLog());
      logs.serve(pod);
      KwokObjects.forwards(
          machine.client(),
          pod,
          Stream.of(15014, 8080, 15010, 15012)
              .map(port -> new KwokObjects.Forward(port, "127.0.0.1", machine.spec().port(port)))
              .toList());
    } else if (NodeFactsReader.carries(pod)) {
      reader = Optional.of(new NodeFactsReader(machine, pod, logs));
      runs.forEach(ContainerRun::run);
      phase = Phase.of("Running");
      logs.serve(pod);
    } else {
      startProxy();
      if (IngressNginx.carries(pod)) {
        nginx = Optional.of(new IngressNginx(machine, pod, address, logs.of("controller")));
      }
      phase = Phase.of("Running");
      for (ContainerRun run : runs) {
        if (!Listeners.ports(run.container(), behaviour).isEmpty() && !proxied(run)) {
          logs.of(run.name());
        }
      }
      logs.serve(pod);
      runs.forEach(run -> lives.add(new ContainerLife(this, run, !proxied(run))));
      lives.forEach(ContainerLife::start);
      swallow(behaviour.blackhole());
    }
    publish();
  }

  private Optional<String> role() {
    boolean gateway =
        Set.of("ingressgateway", "egressgateway").contains(labels().getOrDefault("istio", ""));
    return Behaviour.get(annotations(), "proxy")
        .or(() -> gateway ? Optional.of("router") : Optional.empty());
  }

  /** A gateway's containers are Envoy; beside an application only the sidecar is. */
  private boolean proxied(ContainerRun run) {
    return nginx.isPresent()
        || role()
            .map(role -> role.equals("router") || run.name().equals("istio-proxy"))
            .orElse(false);
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
                logs.of("istio-proxy"),
                machine.folder()));
    KwokObjects.forwards(
        machine.client(),
        pod,
        Stream.of(15000, 15021).map(port -> new KwokObjects.Forward(port, own, port)).toList());
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

  @Override
  public void publish() {
    String next = patch.of(pod, phase, address, machine.spec().nodeAddress(0), runs);
    if (ended || next.equals(published)) {
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
        postAfter(Duration.ofSeconds(1), this::publish);
      }
    }
  }

  /** The pod shall go: what runs is ended, then the API server hears that it is done. */
  private void end() {
    stop();
    try {
      machine.client().pods().resource(pod).withGracePeriod(0).delete();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) {
        postAfter(Duration.ofSeconds(1), this::end);
      }
    }
  }

  private void stop() {
    if (!ended) {
      ended = true;
      lives.forEach(ContainerLife::stop);
      proxy.ifPresent(EnvoyProxy::close);
      proxy = Optional.empty();
      nginx.ifPresent(IngressNginx::close);
      nginx = Optional.empty();
      reader.ifPresent(NodeFactsReader::close);
      reader = Optional.empty();
      swallow(false);
      logs.close();
    }
  }
}

package dev.upstream.lab.node;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives every LoadBalancer Service an address that leads to its ready endpoints, as a cloud and
 * kube-proxy would.
 */
final class LoadBalancers implements AutoCloseable {
  private final Machine machine;
  private final SharedIndexInformer<EndpointSlice> slices;
  private final SharedIndexInformer<Service> services;
  private final Map<String, List<Relay>> relays = new ConcurrentHashMap<>();
  private final AtomicInteger lastNumber = new AtomicInteger(-1);
  private final AtomicInteger turn = new AtomicInteger();

  LoadBalancers(Machine machine) {
    this.machine = machine;
    slices = machine.client().discovery().v1().endpointSlices().inAnyNamespace().inform();
    services = machine.client().services().inAnyNamespace().inform(new Handler());
  }

  private void take(Service service) {
    boolean wanted =
        "LoadBalancer".equals(service.getSpec().getType())
            && !Behaviour.get(
                    Optional.ofNullable(service.getMetadata().getAnnotations()).orElse(Map.of()),
                    "load-balancer")
                .equals(Optional.of("none"));
    if (wanted && !relays.containsKey(service.getMetadata().getUid())) {
      String address = machine.spec().loadBalancerAddress(lastNumber.incrementAndGet());
      relays.put(service.getMetadata().getUid(), open(service, address));
      Thread.startVirtualThread(() -> tell(service, address));
    }
  }

  private List<Relay> open(Service service, String address) {
    List<Relay> open = new ArrayList<>();
    for (ServicePort port : service.getSpec().getPorts()) {
      try {
        open.add(new Relay(address, port.getPort(), () -> endpoint(service, port)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return open;
  }

  private void tell(Service service, String address) {
    machine
        .client()
        .services()
        .resource(service)
        .editStatus(
            now ->
                new ServiceBuilder(now)
                    .editOrNewStatus()
                    .withNewLoadBalancer()
                    .addNewIngress()
                    .withIp(address)
                    .endIngress()
                    .endLoadBalancer()
                    .endStatus()
                    .build());
  }

  private Optional<InetSocketAddress> endpoint(Service service, ServicePort port) {
    String portName = Optional.ofNullable(port.getName()).orElse("");
    List<InetSocketAddress> ready =
        slices.getStore().list().stream()
            .filter(
                slice ->
                    slice.getMetadata().getNamespace().equals(service.getMetadata().getNamespace()))
            .filter(
                slice ->
                    service
                        .getMetadata()
                        .getName()
                        .equals(slice.getMetadata().getLabels().get("kubernetes.io/service-name")))
            .flatMap(
                slice ->
                    Optional.ofNullable(slice.getPorts())
                        .orElse(List.of())
                        .stream() // none without endpoints
                        .filter(
                            one -> portName.equals(Optional.ofNullable(one.getName()).orElse("")))
                        .flatMap(
                            one ->
                                slice.getEndpoints().stream()
                                    .filter(
                                        to -> Boolean.TRUE.equals(to.getConditions().getReady()))
                                    .map(
                                        to ->
                                            new InetSocketAddress(
                                                to.getAddresses().getFirst(), one.getPort()))))
            .toList();
    return ready.isEmpty()
        ? Optional.empty()
        : Optional.of(ready.get(Math.floorMod(turn.getAndIncrement(), ready.size())));
  }

  @Override
  public void close() {
    slices.close();
    services.close();
    relays.values().forEach(all -> all.forEach(Relay::close));
  }

  private final class Handler implements ResourceEventHandler<Service> {
    @Override
    public void onAdd(Service service) {
      take(service);
    }

    @Override
    public void onUpdate(Service before, Service service) {
      take(service);
    }

    @Override
    public void onDelete(Service service, boolean unknown) {
      Optional.ofNullable(relays.remove(service.getMetadata().getUid()))
          .ifPresent(all -> all.forEach(Relay::close));
    }
  }
}

package dev.upstream.path;

import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Service;
import java.util.List;

/** What stands behind a destination. */
public sealed interface Backend {
  record KubernetesService(Service service, Service.Port port) implements Backend {}

  /** The Service exists, the wanted port does not. */
  record MissingPort(Service service, String port) implements Backend {}

  /** An Ingress names a Service that is not there. */
  record MissingService(String namespace, String name) implements Backend {}

  /** Hosts outside, or in another cluster, described by ServiceEntries. */
  record External(List<Resource> entries) implements Backend {
    public External {
      entries = List.copyOf(entries);
    }
  }

  /** A route that answers by itself, with a redirect or a fixed answer. */
  record OwnAnswer(String words) implements Backend {}

  /** A route's destination host that no Service and no visible ServiceEntry has. */
  record UnknownHost(String host) implements Backend {}
}

package dev.upstream.target;

import java.util.Optional;

/** What someone asked about (PRODUCT.md section 1, S1). */
public sealed interface Target {
  /** How the target is shown, without query string. */
  String shown();

  /** The namespace that the words name. */
  default Optional<String> inNamespace() {
    return switch (this) {
      case ServiceName s -> s.namespace();
      case PodName p -> p.namespace();
      case IngressName i -> i.namespace();
      case Everything e -> e.namespace();
      case Url u -> Optional.empty();
      case Host h -> Optional.empty();
      case LogLine l -> Optional.empty();
    };
  }

  /** An address with a path that a person gave. */
  record Url(String scheme, String host, int port, String path) implements Target {
    @Override
    public String shown() {
      boolean usual = port == (scheme.equals("https") ? 443 : 80);
      return scheme + "://" + host + (usual ? "" : ":" + port) + path;
    }
  }

  /** A host name without a path; may also be a Service written {@code name.namespace}. */
  record Host(String host, Optional<Integer> port) implements Target {
    @Override
    public String shown() {
      return host + port.map(p -> ":" + p).orElse("");
    }
  }

  /** A Service; without a namespace every namespace is looked through. */
  record ServiceName(String name, Optional<String> namespace, Optional<Integer> port)
      implements Target {
    @Override
    public String shown() {
      return name + namespace.map(n -> "." + n).orElse("") + port.map(p -> ":" + p).orElse("");
    }
  }

  /** Every route of a cluster or of one namespace. */
  record Everything(Optional<String> namespace) implements Target {
    @Override
    public String shown() {
      return "everything" + namespace.map(n -> " in namespace " + n).orElse("");
    }
  }

  record PodName(String name, Optional<String> namespace) implements Target {
    @Override
    public String shown() {
      return "pod/" + namespace.map(n -> n + "/").orElse("") + name;
    }
  }

  record IngressName(String name, Optional<String> namespace) implements Target {
    @Override
    public String shown() {
      return "ingress/" + namespace.map(n -> n + "/").orElse("") + name;
    }
  }

  /**
   * A pasted log line: its own host, method and path.
   *
   * @param upstreamCluster the Envoy cluster, where the line names it
   * @param client the address of who called, where the line still holds it
   */
  record LogLine(
      String host,
      Optional<String> method,
      Optional<String> path,
      Optional<String> upstreamCluster,
      Optional<String> client)
      implements Target {
    @Override
    public String shown() {
      return host + path.orElse("");
    }
  }
}

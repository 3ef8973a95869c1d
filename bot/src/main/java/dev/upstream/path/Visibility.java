package dev.upstream.path;

import dev.upstream.snapshot.Resource;
import dev.upstream.snapshot.Service;
import java.util.Arrays;
import java.util.List;

/**
 * exportTo: who sees a VirtualService, DestinationRule or ServiceEntry. Absent means everybody, as
 * in a mesh with default settings.
 */
final class Visibility {
  private Visibility() {}

  static boolean sees(String clientNamespace, Resource config) {
    return sees(clientNamespace, config.namespace(), config.at("spec").texts("exportTo"));
  }

  static boolean sees(String clientNamespace, Service service) {
    String value = service.raw().annotations().getOrDefault("networking.istio.io/exportTo", "");
    List<String> exportTo =
        value.isBlank() ? List.of() : Arrays.stream(value.split(",")).map(String::strip).toList();
    return sees(clientNamespace, service.namespace(), exportTo);
  }

  private static boolean sees(String client, String owner, List<String> exportTo) {
    return exportTo.isEmpty()
        || exportTo.contains("*")
        || exportTo.contains(client)
        || (exportTo.contains(".") && owner.equals(client));
  }
}

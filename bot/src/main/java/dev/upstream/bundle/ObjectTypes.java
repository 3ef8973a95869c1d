package dev.upstream.bundle;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.upstream.snapshot.Kind;
import io.fabric8.istio.api.extensions.v1alpha1.WasmPlugin;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.Sidecar;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.istio.api.networking.v1.WorkloadEntry;
import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether an object's fields have the types of its kind, by the client library's models. */
final class ObjectTypes {
  private static final ObjectMapper STRICT = strict();

  private ObjectTypes() {}

  private static ObjectMapper strict() {
    JsonMapper strict =
        JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .build();
    for (CoercionInputShape shape :
        new CoercionInputShape[] {
          CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
      strict.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    return strict;
  }

  /** The path of the first field whose type is wrong; empty when all are right. */
  static Optional<String> wrongField(Kind kind, Map<String, Object> tree) {
    Map<String, Object> checked = new LinkedHashMap<>(tree);
    if (kind == Kind.ROLLOUT) {
      checked.remove("status");
    }
    try {
      STRICT.convertValue(checked, model(kind));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          e.getCause() instanceof JsonMappingException m ? path(m) : "the object as a whole");
    }
  }

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
            .collect(Collectors.joining());
    return path.isEmpty()
        ? "the object as a whole"
        : BadBundle.shown(path.replaceFirst("^\\.", ""));
  }

  private static Class<?> model(Kind kind) {
    return switch (kind) {
      case POD -> Pod.class;
      case SERVICE -> Service.class;
      case NODE -> Node.class;
      case EVENT -> Event.class;
      case NAMESPACE -> Namespace.class;
      case CONFIG_MAP -> ConfigMap.class;
      case ENDPOINT_SLICE -> EndpointSlice.class;
      // Argo's Rollout differs from a Deployment in its strategy and its status only.
      case DEPLOYMENT, ROLLOUT -> Deployment.class;
      case STATEFUL_SET -> StatefulSet.class;
      case DAEMON_SET -> DaemonSet.class;
      case REPLICA_SET -> ReplicaSet.class;
      case JOB -> Job.class;
      case INGRESS -> Ingress.class;
      case INGRESS_CLASS -> IngressClass.class;
      case NETWORK_POLICY -> NetworkPolicy.class;
      case ISTIO_GATEWAY -> io.fabric8.istio.api.networking.v1.Gateway.class;
      case VIRTUAL_SERVICE -> VirtualService.class;
      case DESTINATION_RULE -> DestinationRule.class;
      case SERVICE_ENTRY -> ServiceEntry.class;
      case WORKLOAD_ENTRY -> WorkloadEntry.class;
      case SIDECAR -> Sidecar.class;
      case ENVOY_FILTER -> EnvoyFilter.class;
      case AUTHORIZATION_POLICY -> AuthorizationPolicy.class;
      case WASM_PLUGIN -> WasmPlugin.class;
      case HTTP_ROUTE -> HTTPRoute.class;
      case GATEWAY -> Gateway.class;
      case ROUTE -> GenericKubernetesResource.class;
    };
  }
}

package dev.upstream.diagnosis.check.edge;

import dev.upstream.diagnosis.check.Words;
import dev.upstream.path.Caller;
import dev.upstream.path.Leg;
import dev.upstream.snapshot.ObjectRef;
import java.util.Map;

/** How checks of the edge name things, and the commands that show them. */
final class EdgeWords {
  private static final int LOGS_READ = 3;

  private EdgeWords() {}

  /** The controller's log of the last minutes, cut to some lines; kubectl's default is ten. */
  static String log(Leg leg, String grep) {
    String namespace =
        leg.caller().pods().stream().map(ObjectRef::namespace).findFirst().orElse("ingress-nginx");
    Map<String, String> labels =
        leg.caller() instanceof Caller.IngressController c ? c.labels() : Map.of();
    return Words.kubectl(
        leg.cluster(),
        "-n "
            + namespace
            + " logs -l "
            + Words.selector(labels)
            + " -c controller --since=5m --tail=-1 | grep '"
            + grep
            + "'");
  }

  /** Not every replica's log is read. */
  static String someOf(Leg leg) {
    int pods = leg.caller().pods().size();
    return pods > LOGS_READ ? " (logs of " + LOGS_READ + " of " + pods + " pods)" : "";
  }

  static String getIngress(String cluster, ObjectRef ingress, String output) {
    return Words.kubectl(
        cluster, "-n " + ingress.namespace() + " get ingress " + ingress.name() + " " + output);
  }

  /** {@code shop/web}. */
  static String name(ObjectRef ref) {
    return ref.namespace() + "/" + ref.name();
  }
}

package dev.upstream.slack;

import dev.upstream.diagnosis.Diagnosis;
import dev.upstream.diagnosis.Finding;
import dev.upstream.diagnosis.Role;
import dev.upstream.diagnosis.SameCause;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an answer raises the alarm about.
 *
 * @param causes those that somebody can know of, each with all its objects, the headline's first
 * @param more whether something is wrong besides that none of them causes
 */
record Alarm(List<SameCause> causes, boolean more) {
  private static final Alarm NONE = new Alarm(List.of(), false);

  Alarm {
    causes = List.copyOf(causes);
  }

  static Alarm of(Diagnosis d) {
    return switch (d.verdict()) {
      case BROKEN, DEGRADED -> failing(d);
      case AT_RISK -> new Alarm(SameCause.of(of(d, Role.RISK)), false);
      case UNKNOWN, HEALTHY -> NONE;
    };
  }

  /** Root causes, else what is known of the cause; a symptom that nothing explains has another. */
  private static Alarm failing(Diagnosis d) {
    Set<String> explained =
        d.findings().stream().flatMap(f -> f.explains().stream()).collect(Collectors.toSet());
    List<Finding> roots = of(d, Role.ROOT_CAUSE);
    List<Finding> parts =
        of(d, Role.CONTRIBUTING).stream().filter(f -> !explained.contains(f.key())).toList();
    List<Finding> causes = roots.isEmpty() ? parts : roots;
    boolean more = of(d, Role.SYMPTOM).stream().anyMatch(f -> !explained.contains(f.key()));
    return new Alarm(SameCause.of(causes), more || causes.isEmpty());
  }

  private static List<Finding> of(Diagnosis d, Role role) {
    return d.findings().stream().filter(f -> f.role() == role).toList();
  }

  /** What the headline names. */
  Optional<SameCause> first() {
    return causes.stream().findFirst();
  }
}

package dev.upstream.bundle;

import dev.upstream.snapshot.AccessLogLine;
import dev.upstream.snapshot.EdgeLog;
import dev.upstream.snapshot.Event;
import dev.upstream.snapshot.Fields;
import dev.upstream.snapshot.Kind;
import dev.upstream.snapshot.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The newest time that a recording shows (PRODUCT.md section 3): of an event, a condition, a
 * container's state, a lease or a log line.
 */
final class NewestTime {
  private static final List<String> CONDITION =
      List.of("lastTransitionTime", "lastHeartbeatTime", "lastUpdateTime", "lastProbeTime");

  private Optional<Instant> newest = Optional.empty();
  private Optional<Instant> created = Optional.empty();

  /** Empty when the recording shows no time at all. */
  Optional<Instant> found() {
    return newest.or(() -> created);
  }

  private void seen(Optional<Instant> time) {
    time.filter(t -> newest.map(t::isAfter).orElse(true)).ifPresent(t -> newest = Optional.of(t));
  }

  void object(Resource resource) {
    resource
        .createdAt()
        .filter(t -> created.map(t::isAfter).orElse(true))
        .ifPresent(t -> created = Optional.of(t));
    if (resource.kind() == Kind.EVENT) {
      seen(new Event(resource).lastSeen());
    }
    Fields status = resource.at("status");
    for (Fields condition : status.list("conditions")) {
      CONDITION.forEach(c -> seen(condition.time(c)));
    }
    for (String list : List.of("containerStatuses", "initContainerStatuses")) {
      for (Fields container : status.list(list)) {
        for (String state : List.of("state", "lastState")) {
          seen(container.time(state, "running", "startedAt"));
          seen(container.time(state, "terminated", "startedAt"));
          seen(container.time(state, "terminated", "finishedAt"));
        }
      }
    }
  }

  void lease(String kind, Fields object) {
    if (kind.equals("Lease")) {
      seen(object.time("spec", "renewTime"));
    }
  }

  /** A log line, with or without the time that the container runtime puts before it. */
  void line(String line) {
    int space = line.indexOf(' ');
    seen(space > 0 ? Fields.parseTime(line.substring(0, space)) : Optional.empty());
    String own = LogFile.withoutPrefix(line);
    seen(AccessLogLine.parse(own).map(AccessLogLine::at));
    EdgeLog edge = EdgeLog.read(List.of(own));
    edge.requests().forEach(r -> seen(Optional.of(r.at())));
    edge.failures().forEach(f -> seen(Optional.of(f.at())));
  }
}

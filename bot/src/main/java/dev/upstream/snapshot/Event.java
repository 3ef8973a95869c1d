package dev.upstream.snapshot;

import java.time.Instant;
import java.util.Optional;

/** A Kubernetes event; counted repetitions are one object. */
public record Event(Resource raw) {
  public String reason() {
    return raw.fields().string("reason");
  }

  public String message() {
    return raw.fields().string("message");
  }

  public int count() {
    return raw.at("series").number("count").orElse(raw.fields().number("count").orElse(1));
  }

  public Optional<Instant> lastSeen() {
    return raw.fields()
        .time("series", "lastObservedTime")
        .or(() -> raw.fields().time("lastTimestamp"))
        .or(() -> raw.fields().time("eventTime"))
        .or(raw::createdAt);
  }

  public Optional<Instant> firstSeen() {
    return raw.fields()
        .time("firstTimestamp")
        .or(() -> raw.fields().time("eventTime"))
        .or(raw::createdAt);
  }

  public boolean about(ObjectRef ref) {
    Fields involved = raw.at("involvedObject");
    return involved.string("kind").equals(ref.kind())
        && involved.string("name").equals(ref.name())
        && involved.string("namespace").equals(ref.namespace());
  }

  /** The name of the object that the event is about. */
  public String involvedName() {
    return raw.at("involvedObject").string("name");
  }

  /** The container an event about a pod speaks of, from its fieldPath. */
  public Optional<String> container() {
    String path = raw.at("involvedObject").string("fieldPath");
    int open = path.indexOf('{');
    return open >= 0 && path.endsWith("}")
        ? Optional.of(path.substring(open + 1, path.length() - 1))
        : Optional.empty();
  }
}

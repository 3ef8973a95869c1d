package dev.upstream.diagnosis;

import dev.upstream.snapshot.ObjectRef;
import java.time.Instant;

/** Something that a person or a tool changed on the path: from managedFields. */
public record Edit(
    String cluster, ObjectRef subject, String fieldPath, String manager, Instant at) {}

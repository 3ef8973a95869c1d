package dev.upstream.conversation;

import dev.upstream.snapshot.Snapshot;
import java.util.SortedMap;

/** What a check saw, as bytes that can be stored and looked at again. */
public interface Recordings {
  /**
   * @param seen by the cluster that the question was put to
   */
  Bytes pack(SortedMap<String, Snapshot> seen);

  /** Throws IllegalArgumentException for bytes that are no recording. */
  SortedMap<String, Snapshot> unpack(Bytes bytes);
}

package dev.upstream.diagnosis;

import java.util.List;

/** One root cause, contributing condition or symptom. Stateless; a file each. */
public interface Check {
  CheckInfo info();

  /** What of it is true of this path. Absence counts only where {@link Case#complete} says so. */
  List<Finding> diagnose(Case c);
}

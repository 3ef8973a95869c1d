package dev.upstream.workspace;

import java.util.List;

/** A refusal in Slack's words. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1;
  private final transient List<String> details;

  Refused(String error, List<String> details) {
    super(error, null, false, false);
    this.details = List.copyOf(details);
  }

  Refused(String error) {
    this(error, List.of());
  }

  String error() {
    return String.valueOf(getMessage());
  }

  List<String> details() {
    return details;
  }
}

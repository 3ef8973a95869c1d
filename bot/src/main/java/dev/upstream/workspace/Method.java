package dev.upstream.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * A method of the Web API.
 *
 * @param arguments the names that it knows; others are refused, where Slack would overlook them
 */
record Method(String name, Pace.Rate rate, Set<String> arguments, Work work) {
  /** What a method does, under the server's lock. */
  interface Work {
    ObjectNode run(Asking asking) throws Refused;
  }

  static Method of(String name, Pace.Rate rate, String arguments, Work work) {
    return new Method(
        name, rate, arguments.isEmpty() ? Set.of() : Set.of(arguments.split(" ")), work);
  }
}

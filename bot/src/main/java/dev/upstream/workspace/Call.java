package dev.upstream.workspace;

import java.util.Map;

/**
 * A call that a bot made.
 *
 * @param method such as {@code chat.postMessage}, or {@code response_url}
 * @param error Slack's word, empty when it went well
 */
public record Call(String method, Map<String, String> arguments, String error) {
  public Call {
    arguments = Map.copyOf(arguments);
  }
}

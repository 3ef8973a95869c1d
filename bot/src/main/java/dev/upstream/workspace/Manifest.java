package dev.upstream.workspace;

import java.util.Set;

/**
 * What an app was registered with: beyond that Slack gives it nothing.
 *
 * @param scopes of its bot token, such as {@code chat:write}
 * @param events that it is told of
 * @param commands with their stroke
 * @param shortcuts by their callback ids
 */
public record Manifest(
    Set<String> scopes, Set<String> events, Set<String> commands, Set<String> shortcuts) {
  public Manifest {
    scopes = Set.copyOf(scopes);
    events = Set.copyOf(events);
    commands = Set.copyOf(commands);
    shortcuts = Set.copyOf(shortcuts);
  }
}

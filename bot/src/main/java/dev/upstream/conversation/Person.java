package dev.upstream.conversation;

/**
 * Somebody in Slack.
 *
 * @param team the workspace that the id belongs to: in a shared channel not always the channel's
 * @param user the id
 * @param name as others know the person
 */
public record Person(String team, String user, String name) {}

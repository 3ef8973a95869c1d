package dev.upstream.workspace;

/**
 * Something that was sent to the bot.
 *
 * @param type {@code slash_commands}, {@code interactive} or {@code events_api}
 * @param id the event's id, else the trigger's
 * @param attempt 0 for the first, then the retries
 */
public record Sent(String type, String id, int attempt, Ack ack) {}

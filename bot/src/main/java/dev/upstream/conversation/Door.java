package dev.upstream.conversation;

import java.time.Duration;

/**
 * One of Slack's rate limits, which all replicas share: {@code burst} calls at once, then one
 * {@code every} so long. In any minute that makes fewer than the tier allows.
 */
public record Door(String name, Duration every, int burst) {}

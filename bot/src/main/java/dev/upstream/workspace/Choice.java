package dev.upstream.workspace;

/** An option that was offered for what somebody typed. */
public record Choice(String text, String value) {}

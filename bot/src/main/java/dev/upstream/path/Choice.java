package dev.upstream.path;

/**
 * What may have been meant.
 *
 * @param shown as it can be asked for
 * @param namespace where it stands, or what names it
 */
public record Choice(String shown, String namespace) {}

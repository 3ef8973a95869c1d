package dev.upstream.workspace;

/**
 * A file as a message shows it.
 *
 * @param size in bytes
 */
public record SharedFile(String id, String name, String title, long size) {}

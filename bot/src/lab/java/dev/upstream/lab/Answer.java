package dev.upstream.lab;

import java.util.List;
import java.util.Map;

/** What a client got for one request. */
public record Answer(int status, Map<String, List<String>> headers, String body) {}

/** What was seen: an immutable picture of clusters, proxies, control planes, nodes and logs. */
package dev.upstream.snapshot;

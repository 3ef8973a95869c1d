/**
 * Scenarios: recorded clusters with the exact answer that is expected of them, and what must not
 * change that answer.
 *
 * <p>{@code src/test/resources/scenarios/<finding-id>/<case>/} holds {@code expected.yaml} and what
 * was seen: {@code cluster/} (manifests, beside them logs/, proxies/ ... as in a bundle), or a
 * whole bundle as {@code bundle/} or {@code bundle.tgz}, which goes before {@code cluster/}. A case
 * named {@code healthy-*} is a near-miss, one named {@code gap-*} lacks what the check needs, any
 * other is a fault.
 */
@org.jspecify.annotations.NullMarked
package dev.upstream.scenario;

/**
 * Scenarios: recorded clusters with the exact answer that is expected of them, and what must not
 * change that answer.
 *
 * <p>{@code src/test/resources/scenarios/<finding-id>/<case>/} holds {@code expected.yaml} and what
 * was seen: {@code cluster/}, a bundle of one cluster (manifests, and beside them bundle.yaml,
 * proxies/, istiod/, logs/, nodes/), or {@code clusters/<name>/} and {@code bundle.yaml} for
 * several; what a real run captured stands in {@code bundle/} or {@code bundle.tgz} and goes before
 * it. A case named {@code healthy-*} is a near-miss, one named {@code gap-*} lacks what the check
 * needs, any other is a fault.
 */
@org.jspecify.annotations.NullMarked
package dev.upstream.scenario;

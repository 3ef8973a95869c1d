/**
 * Scenarios: recorded clusters with the exact answer that is expected of them, and what must not
 * change that answer.
 *
 * <p>{@code src/test/resources/scenarios/<finding-id>/<case>/} is itself a bundle: {@code
 * cluster/*.yaml} holds the objects, beside it bundle.yaml, proxies/, istiod/, logs/, nodes/ (or
 * clusters/ for several); or {@code bundle/} or {@code bundle.tgz} holds what a real run captured,
 * and goes before the rest. {@code expected.yaml} is the answer. A case named {@code healthy-*} is
 * a near-miss, one named {@code gap-*} lacks what the check needs, any other is a fault.
 */
@org.jspecify.annotations.NullMarked
package dev.upstream.scenario;

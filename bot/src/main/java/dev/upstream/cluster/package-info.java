/**
 * Live clusters, read through the API server: objects, logs, and by port-forward Envoy and istiod.
 */
package dev.upstream.cluster;

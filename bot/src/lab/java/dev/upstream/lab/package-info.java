/**
 * The lab: real Kubernetes, istiod and Envoy on one machine, with only the machines under the pods
 * simulated.
 */
package dev.upstream.lab;

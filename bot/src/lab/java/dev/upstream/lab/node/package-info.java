/** What stands where the kubelets stand: it watches pods and makes a real data plane follow. */
package dev.upstream.lab.node;

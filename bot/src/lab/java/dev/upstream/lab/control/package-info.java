/** The processes of a lab cluster's control plane. */
package dev.upstream.lab.control;

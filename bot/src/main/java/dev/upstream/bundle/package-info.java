/** Evidence bundles (PRODUCT.md section 3): what a check saw, on disk; read, written, replayed. */
package dev.upstream.bundle;

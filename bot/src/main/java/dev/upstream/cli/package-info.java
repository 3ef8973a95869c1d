/** The command line (PRODUCT.md section 1, C1 to C5). */
package dev.upstream.cli;

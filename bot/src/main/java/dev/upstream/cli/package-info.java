/** The command line. */
package dev.upstream.cli;

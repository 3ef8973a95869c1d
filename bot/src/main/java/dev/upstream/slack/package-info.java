/** Slack: commands that acknowledge first, records turned into blocks, one guard on the way out. */
package dev.upstream.slack;

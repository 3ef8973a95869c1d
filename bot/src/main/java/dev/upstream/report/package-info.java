/** An answer as people and programs read it: JSON document and plain text. */
package dev.upstream.report;

/** What was asked about: the words of a person or of a log line, understood. */
package dev.upstream.target;

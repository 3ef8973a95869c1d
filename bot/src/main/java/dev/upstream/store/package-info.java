/**
 * The ports of the conversation over plain JDBC: an H2 file, or PostgreSQL for several replicas.
 */
package dev.upstream.store;

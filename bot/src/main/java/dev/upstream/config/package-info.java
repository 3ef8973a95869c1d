/** What an operator sets: config/upstream.yml, and secrets from the environment. */
package dev.upstream.config;

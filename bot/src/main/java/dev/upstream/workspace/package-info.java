/** The project's own Slack-like workspace, as strict as Slack, for tests and the demo. */
package dev.upstream.workspace;

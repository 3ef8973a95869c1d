/** The conversation as data: check runs, wanted messages, and the ports of what remembers them. */
package dev.upstream.conversation;

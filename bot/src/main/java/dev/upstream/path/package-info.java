/** The way a request takes, found from objects and from what the proxies really hold. */
package dev.upstream.path;

/** From a person's words to an answer: target, clusters, collecting, diagnosing. */
package dev.upstream.answer;

/** What is wrong: checks over a path, their findings, how they explain each other, the verdict. */
package dev.upstream.diagnosis;

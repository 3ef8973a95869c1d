package dev.upstream.slack;

import dev.upstream.conversation.Asker;

/**
 * Somebody pressed a button of ours, or sent a modal.
 *
 * @param by who, and where the message stands
 * @param message the ts of the message, or of the thread it stands in
 * @param trigger lets a modal be opened, for three seconds
 * @param delivery the request's own id
 */
record Press(Asker by, String message, String trigger, String delivery) {}

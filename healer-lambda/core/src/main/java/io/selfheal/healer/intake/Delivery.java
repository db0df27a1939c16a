package io.selfheal.healer.intake;

/**
 * One message of a batch and what became of it, so that only what failed is delivered again.
 *
 * @param messageId as the queue or topic names it; blank where the body was no batch
 */
public record Delivery(String messageId, Parsed parsed) {}

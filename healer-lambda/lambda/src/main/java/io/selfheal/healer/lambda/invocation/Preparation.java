package io.selfheal.healer.lambda.invocation;

/**
 * Something done at the beginning of each call.
 *
 * @param work throws where it could not be done
 */
public record Preparation(String name, Runnable work) {}

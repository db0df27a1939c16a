package io.selfheal.healer.lambda.invocation;

import io.selfheal.healer.engine.Remediator;
import java.util.function.Consumer;

/**
 * Something done in each tick.
 *
 * @param work throws where it could not be done
 */
public record Ticking(String name, Consumer<Remediator> work) {}

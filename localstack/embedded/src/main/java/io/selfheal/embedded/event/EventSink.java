package io.selfheal.embedded.event;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes events without blocking. */
public interface EventSink extends AutoCloseable {
    /** Nobody listens. */
    EventSink NONE = event -> {};

    void accept(ObjectNode event);

    @Override
    default void close() {}
}
